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
      Each clip is probed in a process of its own, needs a consent record that allows it, and is \
      sealed on its way in. A customer's source file is removed once the clip is in the vault and \
      was read back; staff test files stay. Clips that are refused do not hinder the others.
      """)

  @Argument(help: "The clips' files.", completion: .file())
  var clips: [String]

  @Option(help: "The manifest (JSON Lines) that describes the clips.")
  var manifest: String?

  @Option(help: "Where the manifest's consent records lie (default: consent beside the manifest).")
  var consents: String?

  @Flag(help: "The clips are staff test clips of a staff camera; no manifest is needed.")
  var staffTest = false

  @Option(help: "The staff camera of --staff-test.")
  var camera = "bench"

  @Option(help: "With --staff-test: who is in the clips and agreed to it; may be given many times.")
  var participant: [String] = []

  @Flag(
    help: "With --staff-test: nobody is in the clips, they were drawn or filmed without people.")
  var nobody = false

  @Flag(help: "Leave customers' source files where they are, if the policy allows it.")
  var keepSource = false

  @Flag(help: "List all problems and change nothing.")
  var check = false

  @OptionGroup var options: VaultOptions

  func validate() throws {
    guard (manifest != nil) != staffTest else {
      throw ValidationError("Give either --manifest FILE or --staff-test.")
    }
    guard staffTest != (participant.isEmpty && !nobody), participant.isEmpty || !nobody else {
      throw ValidationError(
        "--staff-test takes --participant NAME for each person in the clips, or --nobody.")
    }
  }

  func run() throws {
    var bar = ProgressBar(noun: "clip")
    let summary = try Leaving.onError { () throws(SessionError) in
      let decoders = try Decoders()
      let entry = try options.entrance.open(for: .ingest, with: places, decoders: decoders)
      return try entry.ingest(
        clips, from: origin, isCheck: check, keepSources: keepSource, decoders: decoders
      ) { bar.show(done: $0.done, total: $0.total) }
    }
    bar.clear()
    for finding in summary.findings { Leaving.tell(finding.sentence) }
    if let failure = summary.failure {
      Leaving.tell(summary.sentence)
      throw Leaving.because(failure.sentence, code: failure.exitCode)
    }
    Leaving.tell(summary.sentence)
    if !check, !summary.accepted.isEmpty { Leaving.tell("Next: milkglass review \(options.vault)") }
    let left = summary.findings.count { $0.kind == .sourceLeft }
    if left > 0 {
      throw Leaving.because(
        "\(left) file\(left == 1 ? "" : "s") of customers could not be removed; see above and "
          + "remove \(left == 1 ? "it" : "them") by hand.", code: summary.exitCode)
    }
    if summary.exitCode != 0 { throw ExitCode(summary.exitCode) }
  }

  /// The files that it reads, and those that it removes once they are in the vault.
  private var places: CommandPlaces {
    CommandPlaces(
      inputs: clips + [manifest, origin.consentFolder].compactMap(\.self),
      outputs: staffTest || keepSource || check ? [] : clips)
  }

  private var origin: ClipOrigin {
    if let manifest { return .manifest(path: manifest, consents: consents) }
    return .staffTest(camera: CameraID(camera), participants: participant)
  }
}
