// SPDX-License-Identifier: Apache-2.0

/// A JSON value with its place in the text it was read from.
struct JSONNode {
  let value: JSONValue
  /// Bytes from the text's start.
  let offset: Int
}

/// A JSON value after RFC 8259.
indirect enum JSONValue {
  case object([JSONMember])
  case array([JSONNode])
  case string(String)
  case number(Double)
  case bool(Bool)
  case null
}

/// One field of a JSON object.
struct JSONMember {
  let name: String
  /// Where its name begins, in bytes from the text's start.
  let offset: Int
  let node: JSONNode
}

/// Why a text is not JSON as we take it, and where.
struct JSONSyntaxError: Error, Hashable {
  /// Bytes from the text's start; at most the text's length.
  let offset: Int
  let message: String
}
