// SPDX-License-Identifier: Apache-2.0

/// A reader of ours with hostile bytes before it.
package struct ParserTarget: Sendable {
  package let name: String
  /// Whole inputs to start from, made by our own writers.
  package let seeds: @Sendable () throws -> [[UInt8]]
  /// Reads an input, and stops the program where a property does not hold; true where the input
  /// was taken.
  package let read: @Sendable ([UInt8]) -> Bool

  /// All readers.
  package static let all: [ParserTarget] = sealing + vault + signed + link

  /// Stops the program: the input is kept by the fuzzer.
  static func expect(_ holds: Bool, _ property: String) {
    if !holds { fatalError("broken: \(property)") }
  }
}
