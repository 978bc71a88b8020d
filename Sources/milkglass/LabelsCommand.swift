// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Glibc
import ClipVault
import ReviewSession

/// Works on a vault's labels.
struct LabelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labels", abstract: "Give the labels out.", subcommands: [Export.self])

  /// Writes the committed labels.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write the committed labels, one JSON object a clip.",
      discussion: """
        No frame, no path and no note leaves with them. That they were given out is logged, with \
        the clips, so that a receipt of an erasure can say so.
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case jsonl }

    @Option(help: "The format: jsonl.")
    var format = Format.jsonl

    @Option(name: .shortAndLong, help: "A new file (default: standard output).")
    var output: String?

    @OptionGroup var options: VaultOptions

    func run() throws {
      let entry = try Leaving.onError { () throws(SessionError) in
        try options.entrance.open(for: .labelsExport)
      }
      let file = try openOutput()
      do {
        try entry.exportLabels { line in
          try file.write(contentsOf: Data((line + "\n").utf8))
        }
        if output != nil { try file.synchronize() }
      } catch let error as SessionError {
        discardOutput()
        throw Leaving.because(error.sentence, code: error.exitCode)
      } catch {
        discardOutput()
        throw Leaving.because("The labels could not be written; make room and try again.", code: 74)
      }
    }

    /// A new file, never an old one (`O_EXCL`), or standard output.
    private func openOutput() throws -> FileHandle {
      guard let output else { return .standardOutput }
      // The string lives through the call.
      let descriptor = unsafe open(output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        let why = errno == EEXIST ? "is there already and is not written over" : "cannot be made"
        throw Leaving.because("\(output) \(why); name another file.", code: 73)
      }
      return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    private func discardOutput() {
      // The string lives through the call.
      if let output { unsafe unlink(output) }
    }
  }
}
