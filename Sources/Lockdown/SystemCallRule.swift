// SPDX-License-Identifier: Apache-2.0

/// What the kernel does with a system call.
enum SystemCallAnswer: Hashable, Sendable {
  case allow
  /// The call fails with this errno value.
  case fail(Int32)
  /// The process ends at once (SIGSYS).
  case kill
}

/// A condition on one argument of a system call, counted from 0: its bits under `mask` are `value`.
struct ArgumentTest: Hashable, Sendable {
  let argument: UInt32
  let mask: UInt64
  let value: UInt64

  /// The argument is this number; the kernel reads 32 bits of it, and so do we.
  static func number(_ argument: UInt32, _ value: Int32) -> Self {
    Self(argument: argument, mask: 0xFFFF_FFFF, value: UInt64(UInt32(bitPattern: value)))
  }

  /// None of these bits is set.
  static func lacks(_ argument: UInt32, _ bits: Int32) -> Self {
    Self(argument: argument, mask: UInt64(UInt32(bitPattern: bits)), value: 0)
  }

  /// All of these bits are set.
  static func has(_ argument: UInt32, _ bits: Int32) -> Self {
    let bits = UInt64(UInt32(bitPattern: bits))
    return Self(argument: argument, mask: bits, value: bits)
  }

  /// It is a null pointer.
  static func null(_ argument: UInt32) -> Self {
    Self(argument: argument, mask: .max, value: 0)
  }
}

/// One line of a table: these calls, where all tests hold, are answered so.
struct SystemCallRule: Hashable, Sendable {
  let calls: [String]
  let tests: [ArgumentTest]
  let answer: SystemCallAnswer
  /// Why, for the reader of the table.
  let why: String

  /// Calls that work, always or where all tests hold.
  static func allow(_ calls: String..., when tests: ArgumentTest..., why: String) -> Self {
    Self(calls: calls, tests: tests, answer: .allow, why: why)
  }

  /// Calls that fail, always or where all tests hold.
  static func fail(
    _ code: Int32, _ calls: String..., when tests: ArgumentTest..., why: String
  ) -> Self {
    Self(calls: calls, tests: tests, answer: .fail(code), why: why)
  }

  /// One call, allowed for each of these values of an argument.
  static func allow(
    _ call: String, argument: UInt32, in values: [Int32], why: String
  ) -> [Self] {
    values.map {
      Self(calls: [call], tests: [.number(argument, $0)], answer: .allow, why: why)
    }
  }
}

/// What a kind of process may call.
///
/// Where a call has several rules with different answers, their tests exclude each other.
struct SystemCallRules: Hashable, Sendable {
  /// The answer to every call that no rule answers.
  let otherwise: SystemCallAnswer
  let rules: [SystemCallRule]
}
