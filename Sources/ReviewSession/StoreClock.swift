// SPDX-License-Identifier: Apache-2.0

internal import LabelStore

/// Time as a vault counts it, with its label store as the witness.
extension LabelStore {
  /// The wall clock; never before what the log has seen, so that a clock set back ends no hold and
  /// starts no consent anew.
  func nowMilliseconds() throws(StoreError) -> Int64 {
    max(SessionClock.wallMilliseconds, try latestEventMilliseconds() ?? 0)
  }

  /// How long before `now` the last list of notices was made; nil where none was applied.
  func noticesAgeMilliseconds(at now: Int64) throws(StoreError) -> Int64? {
    try appliedNotice().map { max(0, now - $0.atMilliseconds) }
  }
}
