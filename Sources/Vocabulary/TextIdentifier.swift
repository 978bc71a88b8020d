// SPDX-License-Identifier: Apache-2.0

/// A name taken as it stands, of one kind of thing; a plain string in files.
package protocol TextIdentifier: Hashable, Comparable, Sendable, Codable {
  var text: String { get }
  init(_ text: String)
}

extension TextIdentifier {
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
