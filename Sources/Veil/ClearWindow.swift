// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// The clear part of a frame that a lens shows, to be laid over the frosted picture.
///
/// It is no `VeiledFrame`: nothing draws it by itself.
package struct ClearWindow: Hashable, Sendable {
  /// Which part it is.
  package let window: LensWindow
  /// The size of the whole picture, which is scaled for its pane.
  package let pictureSize: PixelSize
  /// The part's RGB triples, row by row, row 0 at the top.
  private let rgb: [UInt8]

  /// Takes bytes that crossed the process border as the clear part of a picture, after checking all
  /// of them.
  ///
  /// - Parameters:
  ///   - bytes: RGB triples of that part alone, a copy that nobody else can write to any more.
  ///   - window: The part that the sender claims.
  ///   - size: The size of the whole picture that the sender claims.
  ///   - time: The picture's time, by which regions are active.
  ///   - permit: What may be taken.
  ///   - now: The monotonic clock in milliseconds.
  /// - Returns: The part, which nothing draws by itself.
  /// - Throws: What the bytes break; `outsideLens` for another part than the grant's.
  package static func adopt(
    bytes: [UInt8], window: LensWindow, of size: PixelSize, at time: MediaTime,
    permit: AdoptionPermit,
    nowMilliseconds now: Int64
  ) throws(VeilError) -> ClearWindow {
    let grant = try permit.liveGrant(at: now)
    guard grant.lens == window else { throw .outsideLens }
    try permit.checkClear(size)
    guard bytes.count == window.size(of: size).area * 3 else { throw .wrongByteCount }
    guard permit.regions.covered(bytes, of: size, part: window, at: time) == bytes else {
      throw .uncovered
    }
    return ClearWindow(window: window, pictureSize: size, rgb: bytes)
  }

  /// The frosted picture with this part clear; nil where that is no grid.
  package func over(_ frosted: VeiledFrame) -> VeiledFrame? {
    guard case .grid(let grid, let greys) = frosted.content, greys.count == grid.area else {
      return nil
    }
    let (columns, rows) = window.pixels(of: pictureSize)
    // The grid's cells lie as `BoxMeans` took them, so that no border moves with the pane.
    let cells = (0..<pictureSize.width).map { Self.cell(at: $0, of: grid.width, pictureSize.width) }
    var out = [UInt8](repeating: 0, count: pictureSize.area * 3)
    var target = out.mutableSpan
    for y in 0..<pictureSize.height {
      let from = Self.cell(at: y, of: grid.height, pictureSize.height) * grid.width
      let isRow = rows.contains(y)
      for x in 0..<pictureSize.width {
        let to = (y * pictureSize.width + x) * 3
        if isRow, columns.contains(x) {
          let at = ((y - rows.lowerBound) * columns.count + x - columns.lowerBound) * 3
          for channel in 0..<3 { target[to + channel] = rgb[at + channel] }
        } else {
          let grey = greys[from + cells[x]]
          for channel in 0..<3 { target[to + channel] = grey }
        }
      }
    }
    return VeiledFrame(frost: .clear, content: .colour(size: pictureSize, rgb: out))
  }

  /// The cell of so many that a pixel's middle lies in.
  private static func cell(at pixel: Int, of count: Int, _ length: Int) -> Int {
    min(count - 1, (pixel * 2 + 1) * count / (length * 2))
  }
}
