// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession

/// Works on manifests.
struct ManifestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manifest", abstract: "Describe clips before they are taken in.",
    subcommands: [New.self])

  /// Writes a template for a folder of clips.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new", abstract: "Write a manifest template for a folder of clips.",
      discussion: """
        Probes every clip of the folder and writes manifest.jsonl and cameras.toml stubs beside \
        them, never over existing files. Fill in what only you can know; ingest --check names \
        what is missing. A line may name regions of the picture that get more frost for a time, \
        faces, persons, texts and screens, and a frost for all of the clip: see REGIONS in the \
        manual.
        """)

    @Argument(help: "The folder of the clips.")
    var directory: String

    func run() throws {
      var bar = ProgressBar(noun: "clip")
      do {
        let decoders = try Decoders()
        try Locked.lock(forManifestIn: directory, decoders: decoders)
        let probe = DecoderProbe(decoders)
        let template = try ManifestTemplate(folder: directory, probe: probe) {
          bar.show(done: $0.done, total: $0.total)
        }
        bar.clear()
        for finding in template.findings { Leaving.tell(finding.sentence) }
        guard !template.clips.isEmpty else {
          throw Leaving.because(
            "There is no clip in \(directory) that could be played; name another folder.", code: 66)
        }
        for path in try template.write() { Leaving.tell("Written: \(path)") }
        Leaving.tell(
          "Next: fill in \(ManifestTemplate.manifestName), add the cameras to the vault's "
            + "policy/cameras.toml, run milkglass policy sign, then milkglass ingest --check.")
      } catch let error as SessionError {
        throw Leaving.because(error.sentence, code: error.exitCode)
      } catch let error as VaultError {
        throw Leaving.because(error.sentence, code: error.exitCode)
      }
    }
  }
}
