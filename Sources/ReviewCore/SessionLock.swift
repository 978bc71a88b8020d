// SPDX-License-Identifier: Apache-2.0

/// When a session locks itself, and what opens it again.
package struct LockRules: Hashable, Sendable {
  /// Seconds without a key after which it locks by itself; nil where it never does.
  package var idleSeconds: Int?
  /// Whether the reviewer has a passphrase; without one `Enter` alone unlocks, and the screen says so.
  package var hasPassphrase: Bool

  /// Makes rules; by default a session locks by its key only.
  package init(idleSeconds: Int? = nil, hasPassphrase: Bool = false) {
    self.idleSeconds = idleSeconds
    self.hasPassphrase = hasPassphrase
  }
}

/// Why a session was locked.
package enum LockReason: String, Hashable, Sendable, CaseIterable {
  /// The reviewer asked for it.
  case key
  /// No key came for too long.
  case idle
}

/// A session that is locked: nothing of any clip is on the screen, and keys are the lock's own.
package struct SessionLock: Hashable, Sendable {
  package let reason: LockReason
  /// When it was locked, by the monotonic clock.
  package let sinceMilliseconds: Int64
  /// Whether something stands in the passphrase's field; how much is nobody's business.
  package internal(set) var hasTyped = false
  /// Whether what was typed is being tried.
  package internal(set) var isChecking = false
  /// The number of tries that failed since it was locked.
  package internal(set) var failures = 0
  /// Until when no other try is taken, by the monotonic clock.
  package internal(set) var waitsUntilMilliseconds: Int64 = .min
  /// Why it is still locked, in one sentence; nil before the first try.
  package internal(set) var sentence: String?
  /// Whether another clip was on its way when it was locked.
  let wasOpening: Bool

  init(_ reason: LockReason, nowMilliseconds: Int64, wasOpening: Bool) {
    self.reason = reason
    sinceMilliseconds = nowMilliseconds
    self.wasOpening = wasOpening
  }
}
