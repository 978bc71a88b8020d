// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ClipVault
import ReviewSession
import Vocabulary

/// Erases clips.
struct EraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: "Destroy the keys of clips, then all that is left of them.",
    discussion: """
      A clip is erased when its key is gone: nothing on this machine opens it any more. A signed \
      receipt says what was removed and what may remain elsewhere. What happens to its labels is \
      the policy's labels_after_erasure.
      """)

  @Option(help: "A clip's id; may be given many times.")
  var clip: [ClipID] = []

  @Option(help: "Everything of this customer's or participant's pseudonym.")
  var subject: String?

  @Flag(help: "Everything whose time is over.")
  var expired = false

  @Flag(help: "With --clip: the person whose clip it is asked for it.")
  var requested = false

  @OptionGroup var options: VaultOptions

  func validate() throws {
    let ways = [!clip.isEmpty, subject != nil, expired].count { $0 }
    guard ways == 1 else { throw ValidationError("Give one of --clip, --subject and --expired.") }
    guard !requested || !clip.isEmpty else {
      throw ValidationError("--requested goes with --clip.")
    }
  }

  func run() throws {
    var bar = ProgressBar(noun: "clip")
    let report = try Leaving.onError { () throws(SessionError) in
      let entry = try options.entrance.open(for: .erase)
      return try entry.erase(target) { bar.show(done: $0.done, total: $0.total) }
    }
    bar.clear()
    for line in report.lines { Leaving.tell(line) }
  }

  private var target: ErasureTarget {
    if let subject { return .subject(subject) }
    return expired ? .expired : .clips(clip, isRequested: requested)
  }
}

extension ClipID: ExpressibleByArgument {
  /// Reads the 32 digits of an id.
  public init?(argument: String) { self.init(text: argument) }
}
