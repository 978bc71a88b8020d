// SPDX-License-Identifier: Apache-2.0

/// Numbers as digits.
enum Decimal {
  /// Appends a number of 0 to 9,999.
  static func append(_ value: Int, to output: inout [UInt8]) {
    if value >= 1000 { output.append(UInt8(ascii: "0") + UInt8(value / 1000 % 10)) }
    if value >= 100 { output.append(UInt8(ascii: "0") + UInt8(value / 100 % 10)) }
    if value >= 10 { output.append(UInt8(ascii: "0") + UInt8(value / 10 % 10)) }
    output.append(UInt8(ascii: "0") + UInt8(value % 10))
  }
}
