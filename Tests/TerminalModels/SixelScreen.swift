// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// A screen of pixels that takes cursor moves and sixel pictures, and refuses whatever a strict
/// terminal might take otherwise than it was meant.
///
/// A definition of a colour does not select it. What is drawn with a colour that the picture has not
/// defined, or beyond its raster, is an error, and so is whatever else stands between the pictures.
package struct SixelScreen {
  /// Why bytes were refused.
  package struct Refusal: Error, CustomStringConvertible {
    package let description: String
  }

  /// The pixels, row by row; nil where nothing was ever drawn.
  package private(set) var pixels: [UInt32?]
  /// The screen in pixels.
  package let size: PixelSize
  private let cell: PixelSize
  private var bytes: [UInt8] = []
  private var at = 0

  /// An empty screen.
  package init(size: CellSize, cell: PixelSize) {
    self.size = PixelSize(width: size.columns * cell.width, height: size.rows * cell.height)
    self.cell = cell
    pixels = [UInt32?](repeating: nil, count: self.size.area)
  }

  /// Draws what is written; the number of pictures in it.
  package mutating func write(_ bytes: [UInt8]) throws(Refusal) -> Int {
    self.bytes = bytes
    at = 0
    var pictures = 0
    while at < bytes.count {
      try expect("\u{1B}[")
      let row = try number()
      try expect(";")
      let column = try number()
      try expect("H\u{1B}P0;1;0q\"1;1;")
      try picture(left: (column - 1) * cell.width, top: (row - 1) * cell.height)
      pictures += 1
    }
    return pictures
  }

  private mutating func picture(left: Int, top: Int) throws(Refusal) {
    let width = try number()
    try expect(";")
    let height = try number()
    guard left >= 0, top >= 0, left + width <= size.width, top + height <= size.height else {
      throw Refusal(description: "a picture beyond the screen")
    }
    var colours: [Int: UInt32] = [:]
    var colour: UInt32?
    var (column, band) = (0, 0)
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case 0x1B:
        return try expect("\\")
      case UInt8(ascii: "#"):
        let index = try number()
        if at < bytes.count, bytes[at] == UInt8(ascii: ";") {
          guard colours[index] == nil else { throw Refusal(description: "defined twice") }
          colours[index] = try definition()
        } else {
          guard let known = colours[index] else {
            throw Refusal(description: "colour \(index) is not defined")
          }
          colour = known
        }
      case UInt8(ascii: "$"): column = 0
      case UInt8(ascii: "-"): (column, band) = (0, band + 1)
      case UInt8(ascii: "!"), 0x3F...0x7E:
        let count = byte == UInt8(ascii: "!") ? try number() : 1
        if byte == UInt8(ascii: "!") { at += 1 }
        guard at <= bytes.count, (0x3F...0x7E).contains(bytes[at - 1]), column + count <= width
        else { throw Refusal(description: "sixels beyond the raster") }
        try draw(bytes[at - 1] - 0x3F, count, colour, left + column, top, band * 6, height)
        column += count
      default: throw Refusal(description: "byte \(byte) in a picture")
      }
    }
    throw Refusal(description: "a picture without an end")
  }

  private mutating func draw(
    _ sixel: UInt8, _ count: Int, _ colour: UInt32?, _ left: Int, _ top: Int, _ down: Int,
    _ height: Int
  ) throws(Refusal) {
    for row in 0..<6 where sixel >> row & 1 == 1 {
      guard down + row < height else { throw Refusal(description: "a pixel below the raster") }
      guard let colour else { throw Refusal(description: "drawn with no colour") }
      for column in left..<left + count {
        pixels[(top + down + row) * size.width + column] = colour
      }
    }
  }

  private mutating func definition() throws(Refusal) -> UInt32 {
    try expect(";2")
    var rgb: UInt32 = 0
    for _ in 0..<3 {
      try expect(";")
      let percent = try number()
      guard percent <= 100 else { throw Refusal(description: "\(percent) %") }
      rgb = rgb << 8 | UInt32((percent * 255 + 50) / 100)
    }
    return rgb
  }

  private mutating func expect(_ text: String) throws(Refusal) {
    let wanted = Array(text.utf8)
    guard bytes[at...].starts(with: wanted) else {
      throw Refusal(description: "\(text) is missing at \(at)")
    }
    at += wanted.count
  }

  private mutating func number() throws(Refusal) -> Int {
    var value = 0
    let start = at
    while at < bytes.count, (0x30...0x39).contains(bytes[at]), value < 100_000 {
      value = value * 10 + Int(bytes[at] - 0x30)
      at += 1
    }
    guard at > start else { throw Refusal(description: "a number is missing at \(at)") }
    return value
  }
}
