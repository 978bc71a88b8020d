// SPDX-License-Identifier: Apache-2.0

internal import LabelStore
internal import Vocabulary

extension StoreError {
  /// What happened and what to do, in the reviewer's language.
  func spoken(_ texts: Texts) -> String {
    switch self {
    case .missing: texts(StorePhrase.missing)
    case .movedAway: texts(StorePhrase.movedAway)
    case .notWritable: texts(StorePhrase.notWritable)
    case .damaged: texts(StorePhrase.damaged)
    case .full: texts(StorePhrase.full)
    case .busy: texts(StorePhrase.busy)
    case .inputOutput(let code): texts(StorePhrase.inputOutput, code)
    case .sessionEnded: texts(StorePhrase.sessionEnded)
    case .olderPolicy(let version, let seen): texts(StorePhrase.olderPolicy, version, seen)
    case .noLog: texts(StorePhrase.noLog)
    case .otherLog: texts(StorePhrase.otherLog)
    case .leasedByOther(let clip, let reviewer):
      texts(StorePhrase.leasedByOther, clip.short, DisplayText.line(reviewer.text, limit: 40))
    case .opinion(let clip, let objection): texts(objection.phrase, clip.short)
    case .notAStore: texts(StorePhrase.notAStore)
    case .newerVersion(let found, let known): texts(StorePhrase.newerVersion, found, known)
    case .holdIsOver: texts(StorePhrase.holdIsOver)
    case .notLoggable: texts(StorePhrase.notLoggable)
    case .noticeApplied(let number): texts(StorePhrase.noticeApplied, number)
    case .unknownClip, .ordinalTaken, .leaseLost, .withdrawn, .unnamedClip, .flagSettled,
      .othersRegion, .ownFlag, .notRestorable, .erasureStands, .duplicateClip, .notOrdered:
      clipPhrase.map { texts($0.phrase, $0.clip.short) } ?? sentence
    }
  }

  /// The sentence that needs nothing but a clip's name.
  private var clipPhrase: (phrase: StorePhrase, clip: ClipID)? {
    switch self {
    case .unknownClip(let clip): (.unknownClip, clip)
    case .ordinalTaken(let clip, _): (.ordinalTaken, clip)
    case .leaseLost(let clip): (.leaseLost, clip)
    case .withdrawn(let clip): (.withdrawn, clip)
    case .unnamedClip(let clip): (.unnamedClip, clip)
    case .flagSettled(let clip): (.flagSettled, clip)
    case .othersRegion(let clip): (.othersRegion, clip)
    case .ownFlag(let clip): (.ownFlag, clip)
    case .notRestorable(let clip): (.notRestorable, clip)
    case .erasureStands(let clip): (.erasureStands, clip)
    case .duplicateClip(let clip): (.duplicateClip, clip)
    case .notOrdered(let clip): (.notOrdered, clip)
    default: nil
    }
  }
}

extension RoundObjection {
  fileprivate var phrase: StorePhrase {
    switch self {
    case .waitsForAnother: .waitsForAnother
    case .disputed: .disputed
    case .settled: .settled
    case .noVerdict: .noVerdict
    case .asked: .asked
    case .notDisputed: .notDisputed
    case .ownOpinion: .ownOpinion
    case .earlierRound: .earlierRound
    }
  }
}
