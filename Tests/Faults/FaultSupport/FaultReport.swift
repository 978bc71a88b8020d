// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A counted call: a change to a file below the watched folders.
package struct FaultCall: Hashable, Sendable, CustomStringConvertible {
  /// What was done; the raw values are the fault library's words.
  package enum Operation: String, Sendable {
    case create, truncate, write, sync, rename, unlink, mkdir, link
  }

  /// From 1, in order.
  package let number: Int
  package let operation: Operation
  /// The bytes of a write or the new size of a truncation; 0 elsewhere.
  package let size: Int
  /// Absolute.
  package let path: String
  /// The new name of a rename or link, absolute; empty elsewhere.
  package let newPath: String

  /// Makes a record of a call, for those who judge calls that nobody made.
  package init(number: Int, operation: Operation, size: Int, path: String, newPath: String) {
    self.number = number
    self.operation = operation
    self.size = size
    self.path = path
    self.newPath = newPath
  }

  package var description: String {
    let target = newPath.isEmpty ? "" : " to \(newPath)"
    return "call \(number), \(operation.rawValue) \(path)\(target)"
  }
}

/// What the fault library wrote about one run.
package struct FaultReport: Sendable {
  /// All calls that counted, in order of their numbers.
  package let calls: [FaultCall]
  /// The numbers of those at which a fault fired.
  package let fired: [Int]
  /// Lines that tell that the library could not see what a call was about; none in good order.
  package let blindSpots: [String]

  /// The size of a report's file, in bytes: some 8,000 calls.
  static let byteCount = 1 << 20
  /// The first byte of a report's file while calls count.
  static let armed = UInt8(ascii: "A")
  /// The first byte before they do.
  static let waiting = UInt8(ascii: "W")

  /// Reads a report's file; a line that is none of the library's is an error.
  init(file: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: file)).dropFirst(2)
    var calls: [FaultCall] = []
    var fired: [Int] = []
    var blindSpots: [String] = []
    for part in bytes.split(separator: UInt8(ascii: "\n")) {
      // A thread that was killed while it wrote leaves zeros.
      let line = String(decoding: part.filter { $0 != 0 }, as: UTF8.self)
      if line.isEmpty { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch (fields[0], fields.count) {
      case ("call", 6):
        guard let number = Int(fields[1]), let size = Int(fields[3]),
          let operation = FaultCall.Operation(rawValue: fields[2])
        else { throw FaultError.unreadableReport(line) }
        calls.append(
          FaultCall(
            number: number, operation: operation, size: size, path: fields[4], newPath: fields[5]))
      case ("fired", 2): fired += [Int(fields[1]) ?? 0]
      case ("blind", 3): blindSpots.append(line)
      default: throw FaultError.unreadableReport(line)
      }
    }
    self.calls = calls.sorted { $0.number < $1.number }
    self.fired = fired
    self.blindSpots = blindSpots
    guard self.calls.map(\.number) == Array(1..<(calls.count + 1)) else {
      throw FaultError.unreadableReport("\(calls.count) calls whose numbers have gaps")
    }
  }
}
