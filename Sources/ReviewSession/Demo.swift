// SPDX-License-Identifier: Apache-2.0

package import ClipVault
internal import Foundation

/// The demonstration: synthetic clips, drawn and encoded once, in a vault of their own.
package struct Demo {
  /// The folder of the vault.
  package let vaultPath: String
  private let folder: URL
  private var path: String { folder.path(percentEncoded: false) }
  private let clips: URL

  /// Names the demo's folder; nil is `milkglass/demo` in the user's data folder.
  package init(directory: String?) {
    folder = directory.map { URL(filePath: $0) } ?? Self.defaultFolder
    clips = folder.appending(path: "clips")
    vaultPath = folder.appending(path: "vault").path(percentEncoded: false)
  }

  /// The demo's vault, made now if it is not there whole.
  ///
  /// `tell` gets lines for a person while it is made, `progress` how far taking the clips in has
  /// come. What an interrupted run left is used or made again.
  package func prepare(
    tell: (String) -> Void, progress: (IngestProgress) -> Void
  ) throws(SessionError) -> Vault {
    let marker = folder.appending(path: "complete")
    if FileManager.default.fileExists(atPath: marker.path(percentEncoded: false)) {
      return try VaultTasks.open(vaultPath)
    }
    try claim()
    tell("Drawing and encoding the demo's clips; this is done once.")
    try drawScenes()
    let vault = try makeVault()
    tell("Taking the clips into the demo's vault.")
    try ingest(into: vault, progress)
    do { try Data().write(to: marker) } catch {
      throw .vault("The demo's folder \(path) cannot be written.", exitCode: 73)
    }
    return vault
  }

  /// Throws the demo's vault and labels away, so that the next `prepare` begins anew.
  package func forget() throws(SessionError) {
    guard FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)) else { return }
    try claim()
    do {
      for name in ["complete", "vault"] {
        let url = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
          continue
        }
        try FileManager.default.removeItem(at: url)
      }
    } catch {
      throw .vault("The demo's folder \(path) cannot be emptied.", exitCode: 73)
    }
  }

  /// Makes the folder and marks it as the demo's; a folder that holds anything else is left alone,
  /// since what lies in the demo's own is thrown away without asking.
  private func claim() throws(SessionError) {
    let files = FileManager.default
    let names = (try? files.contentsOfDirectory(atPath: path)) ?? []
    guard names.isEmpty || names.contains(Self.mark) || names.contains("complete") else {
      throw .vault(
        "The folder \(path) holds something else than a demo; name a new one.", exitCode: 73)
    }
    do {
      try files.createDirectory(at: clips, withIntermediateDirectories: true)
      try Data().write(to: folder.appending(path: Self.mark))
    } catch {
      throw .vault("The demo's folder \(path) cannot be made; name another.", exitCode: 73)
    }
  }

  private static let mark = "milkglass-demo"

  private func drawScenes() throws(SessionError) {
    let program = Process()
    program.executableURL = URL(filePath: try Installation.program("scenegen"))
    program.arguments = ["demo", clips.path(percentEncoded: false)]
    do { try program.run() } catch {
      throw .decoder("The program scenegen cannot be started; build or install Milkglass again.")
    }
    program.waitUntilExit()
    guard program.terminationStatus == 0 else {
      throw .vault("The demo's clips could not be made; see the line above.", exitCode: 74)
    }
  }

  private func makeVault() throws(SessionError) -> Vault {
    // A vault that was interrupted while it was filled is begun anew: the demo holds nothing dear.
    try? FileManager.default.removeItem(atPath: vaultPath)
    do {
      let cameras = try String(contentsOf: clips.appending(path: "cameras.toml"), encoding: .utf8)
      return try Vault.initialise(at: vaultPath, cameras: cameras)
    } catch let error as VaultError {
      throw .vault(error.sentence, exitCode: error.exitCode)
    } catch {
      throw .vault("The demo's cameras.toml cannot be read; run it with --fresh.", exitCode: 66)
    }
  }

  private func ingest(
    into vault: Vault, _ progress: (IngestProgress) -> Void
  ) throws(SessionError) {
    let manifest: Manifest
    do {
      manifest = try ManifestFile.read(
        clips.appending(path: "manifest.jsonl").path(percentEncoded: false),
        taxonomy: vault.taxonomy)
    } catch {
      throw .vault(error.sentence, exitCode: error.exitCode)
    }
    let paths = manifest.entries.values.sorted { $0.line < $1.line }
      .map { clips.appending(path: $0.clip).path(percentEncoded: false) }
    let summary = try VaultTasks.ingest(
      paths, into: vault, provenance: .manifest(manifest), isCheck: false, progress: progress)
    guard summary.exitCode == 0 else {
      throw .vault(
        summary.failure?.sentence ?? summary.findings.first?.sentence ?? summary.sentence,
        exitCode: summary.exitCode)
    }
  }

  private static var defaultFolder: URL {
    let environment = ProcessInfo.processInfo.environment
    let data =
      environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
      ?? URL(filePath: NSHomeDirectory()).appending(path: ".local/share")
    return data.appending(path: "milkglass/demo")
  }
}
