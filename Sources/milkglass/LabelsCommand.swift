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
        try options.entrance.open(
          for: .labelsExport, with: CommandPlaces(outputs: [output].compactMap(\.self)))
      }
      let file = try openOutput()
      do {
        let isShown = isatty(file.fileDescriptor) == 1
        try entry.exportLabels { line in
          // A terminal gets what is harmless to show, a file or a pipe what was stored.
          let line = isShown ? Leaving.harmless(line, keepsLines: false) : line
          try file.write(contentsOf: Data((line + "\n").utf8))
        }
        if output != nil {
          try file.synchronize()
          try nameOutput()
        }
      } catch let code as ExitCode {
        throw code
      } catch let error as SessionError {
        discardOutput()
        throw Leaving.because(error.sentence, code: error.exitCode)
      } catch {
        discardOutput()
        throw Self.noRoom
      }
    }

    /// Where the labels are written until they are whole.
    private var incoming: String { (output ?? "") + ".incoming" }

    /// A new file, never an old one, or standard output.
    private func openOutput() throws -> FileHandle {
      guard let output else { return .standardOutput }
      // The strings live through the calls.
      if unsafe access(output, F_OK) == 0 { throw Self.taken(output) }
      unsafe unlink(incoming)
      let descriptor = unsafe open(incoming, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        if errno == ENOSPC || errno == EDQUOT { throw Self.noRoom }
        throw Leaving.because("\(output) cannot be made; name another file.", code: 73)
      }
      return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Gives the whole file its name, which nobody else may have taken meanwhile.
    private func nameOutput() throws {
      guard let output else { return }
      // The strings live through the calls.
      guard unsafe link(incoming, output) == 0 else {
        let code = errno
        discardOutput()
        if code == EEXIST { throw Self.taken(output) }
        if code == ENOSPC || code == EDQUOT { throw Self.noRoom }
        throw Leaving.because("\(output) cannot be made; name another file.", code: 73)
      }
      discardOutput()
    }

    private static var noRoom: ExitCode {
      Leaving.because("The labels could not be written; make room and try again.", code: 74)
    }

    private static func taken(_ output: String) -> ExitCode {
      Leaving.because(
        "\(output) is there already and is not written over; name another file.", code: 73)
    }

    private func discardOutput() {
      // The string lives through the call.
      if output != nil { unsafe unlink(incoming) }
    }
  }
}
