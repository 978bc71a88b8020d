// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The table: a row for each way to draw, and beneath it what it is held against.
enum Table {
  private static let widths = [38, 8, 9, 10, 8, 7]

  static func head(_ title: String) {
    tell("")
    tell(title)
    write(
      ["way to draw", "ms", "1/s", "kB/picture", "PSNR", "SSIM"],
      "against the best peer of its class")
    tell(String(repeating: "─", count: 120))
  }

  static func row(_ measured: Measured, _ checks: [Check] = []) {
    let time = measured.milliseconds
    write(
      [
        measured.name, time.map { fixed($0, 2) } ?? "–", time.map { fixed(1000 / $0, 0) } ?? "–",
        fixed(measured.bytes / 1000, 1), measured.likeness.map { fixed($0.psnr, 1) } ?? "–",
        measured.likeness.map { fixed($0.ssim, 3) } ?? "–",
      ], checks.first?.text ?? "")
    for check in checks.dropFirst() { write(["", "", "", "", "", ""], check.text) }
  }

  /// Says that something is not measured, and why.
  static func skipped(_ name: String, _ reason: String) {
    write([name, "–", "–", "–", "–", "–"], reason)
  }

  private static func write(_ cells: [String], _ last: String) {
    let columns = zip(cells, widths).enumerated().map { index, cell in
      let blanks = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return index == 0 ? cell.0 + blanks : blanks + cell.0
    }
    tell((columns + [" " + last]).joined(separator: " "))
  }

  /// Prints a line at once, also into a pipe.
  static func tell(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return "–" }
    return String(format: "%.\(decimals)f", value)
  }
}

/// A ratio to a peer, and what it ought to be.
struct Check {
  let text: String

  /// Holds a ratio against a target that it must reach, or stay below.
  init(_ what: String, _ ratio: Double, atLeast target: Double) {
    text = Self.text(what, ratio, "≥", target, ratio >= target)
  }

  init(_ what: String, _ ratio: Double, atMost target: Double) {
    text = Self.text(what, ratio, "≤", target, ratio <= target)
  }

  /// A ratio that nothing is asked of.
  init(_ what: String, _ ratio: Double) { text = "\(what) \(Table.fixed(ratio, 2))" }

  private static func text(
    _ what: String, _ ratio: Double, _ sign: String, _ target: Double, _ isMet: Bool
  ) -> String {
    let decimals = target == target.rounded() ? 0 : 2
    let wanted = Table.fixed(target, max(decimals, target < 2 && decimals > 0 ? 2 : decimals))
    return "\(what) \(Table.fixed(ratio, 2)) (\(sign) \(wanted): \(isMet ? "met" : "MISSED"))"
  }
}
