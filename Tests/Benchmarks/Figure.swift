// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A row of the table: what was measured, what it is held against, and what it ought to be.
struct Figure {
  /// A peer's figure or a limit, measured in the same run.
  struct Reference {
    let name: String
    /// Empty where the program it needs is not installed.
    let samples: Samples

    /// The row's median against the reference's.
    func ratio(of figure: Samples) -> Double { figure.median / samples.median }
  }

  /// What a figure counts; its rows are printed with it.
  enum Unit: String {
    case milliseconds = "ms"
    case cpuSecondsASecond = "CPU-s/s"
    case kilobytes = "kB"
    case framesASecond = "1/s"
    case megabytes = "MB"
    case keys

    func text(_ value: Double) -> String {
      switch self {
      case .milliseconds: value < 10 ? fixed(value, 2) : fixed(value, 1)
      case .cpuSecondsASecond: fixed(value, 3)
      case .kilobytes, .framesASecond, .megabytes, .keys: fixed(value, 1)
      }
    }
  }

  let name: String
  let unit: Unit
  let samples: Samples
  var references: [Reference] = []
  /// The figure to reach, in words; empty where there is none.
  var target = ""
}

/// The table, printed row by row as figures are taken.
struct Table {
  private static let widths = [46, 5, 8, 8, 15, 44, 8, 7]

  static func printHeader() {
    write(
      ["figure", "n", "p50", "p99", "min–max", "against, in this run", "p50", "ratio"], "target")
    tell(String(repeating: "─", count: widths.reduce(widths.count, +) + 22))
  }

  static func print(_ figure: Figure) {
    let samples = figure.samples
    let unit = figure.unit
    var cells = [
      "\(figure.name), \(unit.rawValue)", "\(samples.count)", unit.text(samples.median),
      samples.count >= Samples.leastForP99 ? unit.text(samples.p99) : "–",
      samples.count > 1 ? "\(unit.text(samples.least))–\(unit.text(samples.greatest))" : "–",
    ]
    let references: [Figure.Reference?] =
      figure.references.isEmpty ? [nil] : figure.references
    for (index, reference) in references.enumerated() {
      if index > 0 { cells = ["", "", "", "", ""] }
      write(cells + self.cells(reference, figure), index == 0 ? figure.target : "")
    }
  }

  private static func cells(_ reference: Figure.Reference?, _ figure: Figure) -> [String] {
    guard let reference else { return ["–", "–", "–"] }
    guard !reference.samples.isEmpty else { return [reference.name, "–", "not installed"] }
    let samples = reference.samples
    let tail =
      samples.count >= Samples.leastForP99 ? " (p99 \(figure.unit.text(samples.p99)))" : ""
    return [
      reference.name + tail, figure.unit.text(samples.median),
      fixed(reference.ratio(of: figure.samples), 2),
    ]
  }

  private static func write(_ cells: [String], _ last: String) {
    let leftAligned: Set<Int> = [0, 5]
    let columns = zip(cells, widths).enumerated().map { index, cell in
      let blanks = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return leftAligned.contains(index) ? cell.0 + blanks : blanks + cell.0
    }
    tell((columns + [last]).joined(separator: " "))
  }

  /// Prints a line at once, also into a pipe.
  private static func tell(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}

/// A number with so many decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return "–" }
  let scale = (0..<decimals).reduce(1) { power, _ in power * 10 }
  let scaled = Int((value * Double(scale)).rounded())
  guard decimals > 0 else { return "\(scaled)" }
  let part = String(abs(scaled) % scale)
  let zeros = String(repeating: "0", count: decimals - part.count)
  return "\(scaled < 0 ? "-" : "")\(abs(scaled) / scale).\(zeros)\(part)"
}
