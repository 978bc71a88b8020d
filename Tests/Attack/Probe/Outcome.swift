// SPDX-License-Identifier: Apache-2.0
import CAttack
import Glibc

/// What came of one attempt.
enum Outcome: Equatable {
  /// The attack worked.
  case worked
  /// The kernel refused a call of it.
  case refused(Int32)
  /// The kernel ended the process.
  case ended(signal: Int32)
  /// There was no attempt, or what is no refusal went wrong.
  case odd(String)

  /// Reads what the process left in shared memory.
  init(_ outcome: attack_outcome) {
    let executed = outcome.result == ATTACK_EXECUTING && outcome.end == 0
    switch outcome.stage {
    case 3 where outcome.result == 0: self = .worked
    case 2 where executed: self = .worked
    case 3: self = .refused(outcome.result)
    case 2 where outcome.end < 0: self = .ended(signal: -outcome.end)
    case 0: self = .odd("not prepared: \(Self.name(outcome.result))")
    case 1: self = .odd("not locked: \(Self.name(outcome.result))")
    default: self = .odd("ended with \(outcome.end)")
    }
  }

  /// What the table says.
  var word: String {
    switch self {
    case .worked: "works"
    case .refused(let error): Self.name(error)
    case .ended(let signal): Self.name(-signal)
    case .odd(let words): words
    }
  }

  /// Whether this is how a profile's lock refuses, and no accident of the attempt.
  func isRefusal(by profile: Profile) -> Bool {
    switch self {
    case .refused(let error):
      Self.refusals.contains(error) || profile.ownRefusals.contains(error)
    case .ended(let signal): signal == SIGSYS
    case .worked, .odd: false
    }
  }

  /// SQLite's codes are those of a database that cannot be opened or written.
  private static let refusals: Set<Int32> = [
    EPERM, EACCES, ENOENT, ENOSYS, EXDEV, ATTACK_SQLITE + 1, ATTACK_SQLITE + 8, ATTACK_SQLITE + 10,
    ATTACK_SQLITE + 14, ATTACK_SQLITE + 23,
  ]

  /// An errno's name, or a signal's where it is negative.
  ///
  /// Unsafe use: a buffer that is filled with a C string.
  static func name(_ result: Int32) -> String {
    var text = [CChar](repeating: 0, count: 32)
    unsafe attack_name_result(result, &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
