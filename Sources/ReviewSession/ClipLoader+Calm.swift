// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import LabelStore
internal import ReviewCore
internal import Veil
internal import Vocabulary

/// What a reviewer sees next who has just flagged a clip.
extension ClipLoader {
  /// So many due clips are looked at for a harmless one, each way, before any that nobody flagged does.
  private static let mostLookedAt = 1000

  /// The next due clip behind `clip`, else from the start, that is harmless as far as anyone knows;
  /// where there is none, one that nobody ever flagged.
  func nextCalm(after clip: ClipID, in store: LabelStore) throws(StoreError) -> Outcome {
    let now = SessionClock.wallMilliseconds
    let position = try store.row(clip, session: session)?.position
    let starts = position == nil ? [nil] : [position, nil]
    var passedOver: Set<ClipID> = [clip]
    for wantsCalm in [true, false] {
      for start in starts {
        while true {
          let row = try store.leaseNext(
            .dueNeverFlagged, from: start, session: session, nowMilliseconds: now,
            excluding: refused.ids.union(passedOver),
            mostRefused: Self.mostLookedAt, where: { !wantsCalm || isCalm($0) })
          guard let row else { break }
          let loaded = try load(row, in: store)
          if case .refused(_, isLasting: false) = loaded.content {
            refused.insert(loaded.id)
          } else if !wantsCalm || isCalm(loaded) {
            return .loaded(loaded)
          }
          passedOver.insert(loaded.id)
          try store.release(loaded.id, session: session)
          guard passedOver.count <= Self.mostPassedOver else { break }
        }
      }
      // Those that were too strict to come first may come now.
      passedOver = [clip]
    }
    let counts = try store.counts(session: session, nowMilliseconds: now)
    return counts.toJudge > counts.leasedByOthers ? .onlyFlaggedDue(counts) : .nothingDue(counts)
  }

  /// Whether a clip that was leased is harmless as far as anyone knows, by what its rows say too.
  func isCalm(_ loaded: LoadedClip) -> Bool {
    isCalm(loaded.row.record) && max(loaded.frostFloor, loaded.raisedFrost) < .strict
      && !loaded.events.contains { $0.change == .flag }
  }

  private func isCalm(_ record: ClipRecord) -> Bool {
    DefaultFrost(record: record, camera: cameras[record.camera]).frost < .strict
      && Proposals.level(record.predictions, session.taxonomy).map(isLow) ?? true
  }

  /// Whether an alarm level is one of the two lowest.
  private func isLow(_ level: Term) -> Bool {
    session.taxonomy.terms(.level).prefix(2).contains(level)
  }
}
