// SPDX-License-Identifier: Apache-2.0

/// Whether the marks of set labels were written dim, which is said by the bytes alone.
enum ShownMarks {
  /// For each `●` in what a program wrote, whether it was dim.
  static func areDim(_ output: some Sequence<UInt8>) -> [Bool] {
    var marks: [Bool] = []
    var isDim = false
    var rest = String(decoding: Array(output), as: UTF8.self)[...]
    while let index = rest.firstIndex(where: { $0 == "●" || $0 == "\u{1B}" }) {
      if rest[index] == "●" { marks.append(isDim) }
      rest = rest[rest.index(after: index)...]
      if let style = rest.prefixMatch(of: /\[([0-9;]*)m/) {
        isDim = dimness(String(style.output.1), isDim)
        rest = rest[style.range.upperBound...]
      }
    }
    return marks
  }

  /// Whether text is dim after an SGR sequence of these parameters.
  private static func dimness(_ parameters: String, _ before: Bool) -> Bool {
    var isDim = before
    var numbers = parameters.split(separator: ";", omittingEmptySubsequences: false)
      .map { Int($0) ?? 0 }[...]
    while let number = numbers.popFirst() {
      switch number {
      case 0, 22: isDim = false
      case 2: isDim = true
      case 38, 48: numbers = numbers.dropFirst(numbers.first == 5 ? 2 : 4)
      default: break
      }
    }
    return isDim
  }
}
