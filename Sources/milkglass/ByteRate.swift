// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Bytes a second, as `--max-rate` takes them: a whole number, `k` for thousands and `M` for millions.
struct ByteRate: ExpressibleByArgument, Equatable {
  let bytesPerSecond: Int

  /// Less than this no screen can be worked with.
  static let least = 1000

  init?(argument: String) {
    let factors: [Character: Int] = ["k": 1000, "M": 1_000_000]
    let factor = argument.last.flatMap { factors[$0] }
    let digits = factor == nil ? Substring(argument) : argument.dropLast()
    guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }),
      let number = Int(digits)
    else { return nil }
    let (bytes, isTooMuch) = number.multipliedReportingOverflow(by: factor ?? 1)
    guard !isTooMuch, bytes >= Self.least else { return nil }
    bytesPerSecond = bytes
  }
}
