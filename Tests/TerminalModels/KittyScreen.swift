// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// The images that kitty's graphics commands leave on a screen, by the strictest reading: raw
/// pixels, whole Base64, chunks in a row, one placement an image.
package struct KittyScreen: Sendable {
  /// What a terminal might take otherwise than it was meant.
  package enum Fault: Error, Hashable, Sendable {
    case cut, noPlace, keys(String), base64, chunk, beyondScreen, byteCount
  }

  /// An image and the cells that it covers.
  package struct Image: Hashable, Sendable {
    package let cells: CellRect
    package let size: PixelSize
    package let rgb: [UInt8]
  }

  /// The images on the screen, by id.
  package private(set) var images: [Int: Image] = [:]
  /// How many images were sent.
  package private(set) var sent = 0
  private let size: CellSize
  private var place: (column: Int, row: Int)?
  private var open: (keys: [String: String], text: [UInt8])?

  /// Makes an empty screen.
  package init(size: CellSize) { self.size = size }

  /// Takes whole commands and cursor moves.
  package mutating func write(_ bytes: [UInt8]) throws(Fault) {
    var rest = bytes[...]
    while let first = rest.first {
      guard first == 0x1B, let kind = rest.dropFirst().first else { throw .cut }
      rest = rest.dropFirst(2)
      let end: ArraySlice<UInt8>.Index?
      if kind == UInt8(ascii: "[") {
        end = rest.firstIndex(of: UInt8(ascii: "H"))
      } else {
        end = rest.firstIndex(of: 0x1B)
      }
      guard let end else { throw .cut }
      let body = Array(rest[..<end])
      rest = rest[(end + 1)...]
      if kind == UInt8(ascii: "[") {
        try move(body)
      } else {
        guard kind == UInt8(ascii: "_"), body.first == UInt8(ascii: "G"),
          rest.first == UInt8(ascii: "\\")
        else { throw .cut }
        rest = rest.dropFirst()
        try command(body.dropFirst())
      }
    }
    if open != nil { throw .chunk }
  }

  private mutating func move(_ body: [UInt8]) throws(Fault) {
    let parts = String(decoding: body, as: UTF8.self).split(separator: ";").compactMap { Int($0) }
    guard parts.count == 2, open == nil else { throw .noPlace }
    place = (parts[1] - 1, parts[0] - 1)
  }

  private mutating func command(_ body: ArraySlice<UInt8>) throws(Fault) {
    let parts = body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let head = String(decoding: parts[0], as: UTF8.self)
    var keys: [String: String] = [:]
    for pair in head.split(separator: ",") {
      let sides = pair.split(separator: "=").map(String.init)
      guard sides.count == 2, keys.updateValue(sides[1], forKey: sides[0]) == nil else {
        throw .keys(head)
      }
    }
    if keys["a"] == "d" {
      guard Set(keys.keys) == ["a", "d", "i", "q"], keys["d"] == "I", open == nil,
        let id = keys["i"].flatMap({ Int($0) })
      else { throw .keys(head) }
      images[id] = nil
      return
    }
    guard parts.count == 2, parts[1].count <= 4096, !parts[1].isEmpty else { throw .chunk }
    let isMore = keys["m"] == "1"
    if isMore, !parts[1].count.isMultiple(of: 4) { throw .chunk }
    if let begun = open {
      guard Set(keys.keys) == ["m"] else { throw .keys(head) }
      open = (begun.keys, begun.text + parts[1])
    } else {
      open = (keys, Array(parts[1]))
    }
    if !isMore { try finish(head) }
  }

  private mutating func finish(_ head: String) throws(Fault) {
    guard let (keys, text) = open else { throw .chunk }
    open = nil
    let fixed = ["a": "T", "f": "24", "t": "d", "p": "1", "q": "2", "C": "1"]
    guard fixed.allSatisfy({ keys[$0.key] == $0.value }), keys.count == 12 else {
      throw .keys(head)
    }
    let numbers = ["i", "s", "v", "c", "r"].compactMap { keys[$0].flatMap { Int($0) } }
    guard numbers.count == 5, numbers.allSatisfy({ $0 > 0 }) else { throw .keys(head) }
    guard let place else { throw .noPlace }
    let cells = CellRect(
      column: place.column, row: place.row, columns: numbers[3], rows: numbers[4])
    guard place.column >= 0, place.row >= 0, place.column + numbers[3] <= size.columns,
      place.row + numbers[4] <= size.rows
    else { throw .beyondScreen }
    let rgb = try Self.bytes(text)
    let pixels = PixelSize(width: numbers[1], height: numbers[2])
    guard rgb.count == pixels.area * 3 else { throw .byteCount }
    images[numbers[0]] = Image(cells: cells, size: pixels, rgb: rgb)
    self.place = nil
    sent += 1
  }

  private static func bytes(_ text: [UInt8]) throws(Fault) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var values = [UInt32?](repeating: nil, count: 256)
    for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt32(value) }
    guard text.count.isMultiple(of: 4) else { throw .base64 }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 4) {
      var word: UInt32 = 0
      for letter in text[start..<start + 4] {
        guard let value = values[Int(letter)] else { throw .base64 }
        word = word << 6 | value
      }
      bytes += [UInt8(word >> 16), UInt8(word >> 8 & 0xFF), UInt8(word & 0xFF)]
    }
    return bytes
  }
}
