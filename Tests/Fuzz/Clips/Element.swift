// SPDX-License-Identifier: Apache-2.0

/// A piece of a container as it is nested: an MP4 box, an EBML element, a RIFF chunk or a transport
/// stream's packet.
struct Element {
  /// Box type, element id or chunk id; empty for a packet.
  var id: [UInt8]
  /// The bytes between the header and the parts; empty where there are none.
  var prefix: [UInt8] = []
  var content: Content
  /// The size to claim instead of the true one.
  var claimedSize: UInt64?
  /// The bytes of an EBML element's size field, as they were.
  var sizeLength = 8

  enum Content {
    case bytes([UInt8])
    case parts([Element])
  }

  /// The content where it has no parts.
  var leaf: [UInt8]? {
    if case .bytes(let bytes) = content { bytes } else { nil }
  }

  var parts: [Element] {
    if case .parts(let parts) = content { parts } else { [] }
  }

  /// The id as text, or as hexadecimal digits where it is none.
  var name: String {
    id.allSatisfy { (32...126).contains($0) }
      ? String(decoding: id, as: UTF8.self)
      : id.map { String($0, radix: 16) }.joined()
  }
}

/// A clip as a tree of elements.
struct ClipTree {
  let form: ClipForm
  var roots: [Element]

  /// Where an element lies: its index among the roots, then among the parts at each step down.
  typealias Path = [Int]

  init(_ bytes: [UInt8], form: ClipForm) {
    self.form = form
    roots = form.parse(bytes[...])
  }

  /// The clip's bytes.
  var bytes: [UInt8] { roots.flatMap(form.encode) }

  /// The places of all elements, parents first.
  var paths: [Path] {
    var found: [Path] = []
    Self.walk(roots, [], &found)
    return found
  }

  private static func walk(_ elements: [Element], _ above: Path, _ found: inout [Path]) {
    for (index, element) in elements.enumerated() {
      found.append(above + [index])
      walk(element.parts, above + [index], &found)
    }
  }

  subscript(path: Path) -> Element? {
    var elements = roots
    for (depth, index) in path.enumerated() {
      guard elements.indices.contains(index) else { return nil }
      if depth == path.count - 1 { return elements[index] }
      elements = elements[index].parts
    }
    return nil
  }

  /// Puts other elements into an element's place: none drops it, two double it.
  mutating func replace(_ path: Path, with elements: [Element]) {
    Self.replace(path[...], in: &roots, with: elements)
  }

  private static func replace(
    _ path: ArraySlice<Int>, in elements: inout [Element], with new: [Element]
  ) {
    guard let index = path.first, elements.indices.contains(index) else { return }
    if path.count == 1 {
      elements.replaceSubrange(index...index, with: new)
    } else {
      var parts = elements[index].parts
      replace(path.dropFirst(), in: &parts, with: new)
      elements[index].content = .parts(parts)
    }
  }
}
