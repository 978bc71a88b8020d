// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Something to tell about one clip that was to be taken in.
package struct IngestFinding: Hashable, Sendable {
  /// Whether the clip was refused, is only remarked upon, or is in the vault while its source file
  /// could not be removed.
  package enum Kind: Sendable { case refusal, remark, sourceLeft }

  package let kind: Kind
  /// The clip's path as it was given, or the manifest's name.
  package let path: String
  /// One sentence: what, which clip, what to do next.
  package let sentence: String

  /// Makes a finding.
  package init(_ kind: Kind, path: String, sentence: String) {
    self.kind = kind
    self.path = path
    self.sentence = sentence
  }
}

/// What came of taking clips in, or of checking whether they could be.
package struct IngestSummary: Hashable, Sendable {
  /// Whether nothing was to be changed.
  package let isCheck: Bool
  /// The clips taken in (or, in a check, that could be), in the order given.
  package internal(set) var accepted: [String] = []
  /// The ids of the clips taken in, in the same order; empty in a check.
  package internal(set) var ids: [ClipID] = []
  package internal(set) var findings: [IngestFinding] = []
  /// Customers' source files that stay because that was asked for and is allowed.
  package internal(set) var keptSources: [String] = []
  /// Why it stopped before the last clip; nil where it did not.
  package internal(set) var failure: VaultError?

  init(isCheck: Bool) { self.isCheck = isCheck }

  /// The number of clips refused.
  package internal(set) var refusedCount = 0
  /// The number of the manifest's lines that are wrong and belong to none of the clips named.
  package internal(set) var badLineCount = 0

  /// The closing line, as in `12 clips taken in, 2 refused.`.
  package var sentence: String {
    let clips = accepted.count == 1 ? "1 clip" : "\(accepted.count) clips"
    let done = isCheck ? "\(clips) can be taken in" : "\(clips) taken in"
    var sentence = "\(done), \(refusedCount == 0 ? "none" : "\(refusedCount)") refused"
    if badLineCount > 0 {
      sentence += "; the manifest has \(badLineCount) bad line\(badLineCount == 1 ? "" : "s")"
    }
    return sentence + (isCheck ? "; nothing was changed." : ".")
  }

  /// 0 where every clip was accepted and no source file stayed against the rule, else after
  /// `sysexits.h`.
  package var exitCode: Int32 {
    if let failure { return failure.exitCode }
    if refusedCount + badLineCount > 0 { return 65 }
    return findings.contains { $0.kind == .sourceLeft } ? 74 : 0
  }
}

/// How far taking in has come.
package struct IngestProgress: Hashable, Sendable {
  /// Clips dealt with.
  package let done: Int
  /// Clips in all.
  package let total: Int
  /// The clip being dealt with; empty at the end.
  package let path: String

  init(done: Int, total: Int, path: String) {
    self.done = done
    self.total = total
    self.path = path
  }
}
