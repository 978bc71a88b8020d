// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession
import Vocabulary

/// Takes clips into a vault.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest", abstract: "Take clips into a vault, or check whether they could be.",
    discussion: """
      Each clip is probed in a process of its own and needs a line in the manifest, or comes from \
      a camera that cameras.toml marks as staff. Clips that are refused do not hinder the others.
      """)

  @Option(help: "The vault's folder.")
  var vault: String

  @Argument(help: "The clips' files.")
  var clips: [String]

  @Option(help: "The manifest (JSON Lines) that describes the clips.")
  var manifest: String?

  @Flag(help: "The clips are staff test clips of a staff camera; no manifest is needed.")
  var staffTest = false

  @Option(help: "The staff camera of --staff-test.")
  var camera = "bench"

  @Flag(help: "List all problems and change nothing.")
  var check = false

  func validate() throws {
    guard (manifest != nil) != staffTest else {
      throw ValidationError("Give either --manifest FILE or --staff-test.")
    }
  }

  func run() throws {
    var bar = ProgressBar(noun: "clip")
    let summary = try Leaving.onError { () throws(SessionError) in
      let vault = try VaultTasks.open(vault)
      return try VaultTasks.ingest(
        clips, into: vault, provenance: try provenance(vault), isCheck: check
      ) { bar.show(done: $0.done, total: $0.total) }
    }
    bar.clear()
    for finding in summary.findings { Leaving.tell(finding.sentence) }
    if let failure = summary.failure {
      Leaving.tell(summary.sentence)
      throw Leaving.because(failure.sentence, code: failure.exitCode)
    }
    Leaving.tell(summary.sentence)
    if !check, !summary.accepted.isEmpty { Leaving.tell("Next: milkglass review \(vault)") }
    if summary.exitCode != 0 { throw ExitCode(summary.exitCode) }
  }

  private func provenance(_ vault: Vault) throws(SessionError) -> Ingest.Provenance {
    guard let manifest else { return .staffTest(camera: CameraID(camera)) }
    do {
      return .manifest(try ManifestFile.read(manifest, taxonomy: vault.taxonomy))
    } catch {
      throw .vault(error.sentence, exitCode: error.exitCode)
    }
  }
}
