// SPDX-License-Identifier: Apache-2.0

package import ClipVault
internal import Foundation
internal import Lockdown
package import Vocabulary
internal import Words

/// The demonstration: synthetic clips, drawn and encoded once, in a vault of their own.
package struct Demo {
  /// The folder of the vault.
  package let vaultPath: String
  private let folder: URL
  private var path: String { folder.path(percentEncoded: false) }
  private let clips: URL
  /// Where vault and state lie: the demo's folder, or the tour's in it.
  private let home: URL
  private let isTour: Bool
  private let language: Language
  /// The person whom the demo is for, unless another is named.
  package static let reviewer = "demo"

  /// Names the demo's folder; nil is `milkglass/demo` in the user's data folder.
  ///
  /// The tour has some of the demo's clips in a vault of its own, made anew each time: what is tried
  /// there touches no label of the demo.
  package init(directory: String?, isTour: Bool = false, language: Language = .english) {
    self.isTour = isTour
    self.language = language
    folder = directory.map { URL(filePath: $0) } ?? Self.defaultFolder
    clips = folder.appending(path: "clips")
    home = isTour ? folder.appending(path: "tour") : folder
    vaultPath = home.appending(path: "vault").path(percentEncoded: false)
  }

  /// Makes the demo's vault in a process of its own, unless it is there whole and knows `name`.
  ///
  /// What makes it draws, which runs a program, and writes clips and keys; what shows it may do none
  /// of that. `isFresh` throws away what was there, `isPlain` shows no bar that grows.
  ///
  /// - Throws: `told` with its exit code where it could not be made; it has said why.
  package func prepareElsewhere(
    for name: String, isFresh: Bool, isPlain: Bool = false
  ) throws(SessionError) {
    if isWhole, name == Self.reviewer, !isFresh { return }
    let code = try Installation.run(
      nil,
      [isTour ? "tour" : "demo", "--prepare", "--directory", path, "--language", language.rawValue]
        + (isTour ? [] : ["--as", name]) + (isFresh ? ["--fresh"] : [])
        + (isPlain ? ["--plain"] : []))
    guard code == 0 else { throw .told(exitCode: code) }
  }

  /// Makes the demo's vault if it is not there whole, and enrols whoever is new in it: nobody in the
  /// demo has a passphrase.
  ///
  /// `tell` gets lines for a person while it is made, `progress` how far taking the clips in has
  /// come. What an interrupted run left is used or made again.
  package func prepare(
    for name: String, tell: (String) -> Void, progress: (IngestProgress) -> Void
  ) throws(SessionError) {
    let wasWhole = isWhole
    if !wasWhole {
      try claim()
      if !areClipsDrawn {
        tell(words(.demoDrawing))
        try drawScenes()
      }
    }
    let decoders = try Decoders()
    let locked = try lock(decoders)
    if !wasWhole {
      try makeVault()
      tell(words(isTour ? .tourSealing : .demoSealing))
      try ingest(locked, decoders, progress)
      do { try Data().write(to: home.appending(path: Self.marker)) } catch {
        throw .start(.demoNotWritten, [path], exitCode: 73)
      }
    }
    let founder = try entrance(Self.reviewer, "demo").open(for: .review, locked)
    guard name != Self.reviewer, !founder.vault.people.has(name) else { return }
    try founder.addPerson(name, roles: [.reviewer], passphrase: SecretBytes(count: 0) { _ in })
  }

  /// The way into the demo's vault, as `prepare` made it.
  package func entrance(_ name: String, _ seat: String) -> Entrance {
    Entrance(path: vaultPath, stateRoot: statePath, name: name, seat: seat, language: language)
  }

  private func words(_ phrase: StartPhrase) -> String { Words.texts(language)(phrase) }

  private var isWhole: Bool {
    // Whoever removes the vault by hand wants another one.
    !isTour
      && [Self.marker, "vault"].allSatisfy {
        FileManager.default.fileExists(
          atPath: home.appending(path: $0).path(percentEncoded: false))
      }
  }

  /// Whether the tour's clips are there; the demo has its own way to find out.
  private var areClipsDrawn: Bool {
    isTour
      && (Self.tourClips + ["manifest.jsonl", "cameras.toml"]).allSatisfy {
        FileManager.default.fileExists(
          atPath: clips.appending(path: $0).path(percentEncoded: false))
      }
  }

  /// The clips of the tour, in its order: seen through frost, and predicted well enough to agree.
  private static let tourClips = [
    "porch-2-loiterer", "garden-1-dog", "porch-2-insect", "porch-2-burglar", "garden-1-cat",
  ].map { "\($0).mp4" }

  private func lock(_ decoders: Decoders) throws(SessionError) -> Locked {
    var places = CommandPlaces(trust: TrustPlaces(stateRoot: statePath).systemFile)
    places.demo = path
    return try Locked(
      to: CommandConfinement.makingDemo, at: places, decoders: decoders, seatReport: nil)
  }

  private var statePath: String { home.appending(path: "state").path(percentEncoded: false) }

  /// Marks a demo that is whole, by the version of what it holds.
  private static let marker = "complete-2"

  /// Throws the demo's vault and labels away, so that the next `prepare` begins anew.
  package func forget() throws(SessionError) {
    guard FileManager.default.fileExists(atPath: folder.path(percentEncoded: false)) else { return }
    try claim()
    do {
      for name in [Self.marker, "vault", "state"] {
        let url = home.appending(path: name)
        guard FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
          continue
        }
        try FileManager.default.removeItem(at: url)
      }
    } catch {
      throw .start(.demoNotEmptied, [path], exitCode: 73)
    }
  }

  /// Makes the folder and marks it as the demo's; a folder that holds anything else is left alone,
  /// since what lies in the demo's own is thrown away without asking.
  private func claim() throws(SessionError) {
    let files = FileManager.default
    let names = (try? files.contentsOfDirectory(atPath: path)) ?? []
    guard names.isEmpty || names.contains(Self.mark) else {
      throw .start(.notADemo, [path], exitCode: 73)
    }
    do {
      for folder in [clips, home] {
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
      }
      try Data().write(to: folder.appending(path: Self.mark))
    } catch {
      throw .start(.demoNotMade, [path], exitCode: 73)
    }
  }

  private static let mark = "milkglass-demo"

  private func drawScenes() throws(SessionError) {
    let code = try Installation.run(
      "scenegen", ["demo", clips.path(percentEncoded: false)])
    guard code == 0 else {
      throw .start(.demoNotDrawn, exitCode: 74)
    }
  }

  private func makeVault() throws(SessionError) {
    // A vault that was interrupted while it was filled is begun anew: the demo holds nothing dear.
    try? FileManager.default.removeItem(atPath: vaultPath)
    try? FileManager.default.removeItem(atPath: statePath)
    var policy = Policy()
    policy.openForDemonstration()
    policy.consentSignature = false
    policy.keepSource = true
    policy.retentionDays = DemoConsent.days
    do {
      let cameras = try String(contentsOf: clips.appending(path: "cameras.toml"), encoding: .utf8)
      _ = try Vault.initialise(
        at: vaultPath, TrustPlaces(stateRoot: statePath),
        founder: Founder(name: Self.reviewer, passphrase: SecretBytes(count: 0) { _ in }),
        policy: policy, cameras: cameras, nowMilliseconds: SessionClock.wallMilliseconds)
    } catch let error as VaultError {
      throw .vault(error)
    } catch {
      throw .start(.demoCameras, exitCode: 66)
    }
  }

  private func ingest(
    _ locked: Locked, _ decoders: Decoders, _ progress: (IngestProgress) -> Void
  ) throws(SessionError) {
    let entry = try entrance(Self.reviewer, "demo").open(for: .ingest, locked)
    let path = clips.appending(path: "manifest.jsonl").path(percentEncoded: false)
    let manifest = try inVault { () throws(VaultError) in
      try ManifestFile.read(path, taxonomy: entry.vault.taxonomy)
    }
    let consent = DemoConsent(folder: clips.appending(path: "consent"), clips: clips)
    do {
      try consent.write(
        for: manifest, rules: entry.vault.consentRules,
        nowMilliseconds: SessionClock.wallMilliseconds)
    } catch {
      throw .start(.demoNotWritten, [self.path], exitCode: 73)
    }
    let names =
      isTour
      ? Self.tourClips : manifest.entries.values.sorted { $0.line < $1.line }.map(\.clip)
    let paths = names.map { clips.appending(path: $0).path(percentEncoded: false) }
    let summary = try entry.ingest(
      paths, from: .manifest(path: path, consents: nil), isCheck: false, keepSources: true,
      decoders: decoders, progress: progress)
    guard summary.exitCode == 0 else {
      if let failure = summary.failure { throw .vault(failure) }
      throw .words(
        summary.findings.first?.sentence ?? summary.sentence, exitCode: summary.exitCode)
    }
  }

  private static var defaultFolder: URL {
    let environment = ProgramStart.environment
    let data =
      environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
      ?? URL(filePath: environment["HOME"] ?? NSHomeDirectory()).appending(path: ".local/share")
    return data.appending(path: "milkglass/demo")
  }
}
