// SPDX-License-Identifier: Apache-2.0

internal import PictureRenderer
internal import Veil
internal import Vocabulary

/// A picture on the screen: which one it is, and the driver that draws the next over it.
struct PicturePane {
  /// A picture as it stands on the screen.
  private struct Shown {
    let name: PictureName
    /// A clear frame's own size: scaled anew it is another picture.
    let size: PixelSize?
    let rect: CellRect
    let adjustment: PictureAdjustment
    let mark: ReviewerMark
    let quality: PictureQuality

    /// Whether it shows the same no worse: what stands still only ever gets better.
    func suffices(for wanted: Shown) -> Bool {
      (name, size, rect, adjustment, mark)
        == (wanted.name, wanted.size, wanted.rect, wanted.adjustment, wanted.mark)
        && quality <= wanted.quality
    }
  }

  private var driver: any PictureDriver
  private var shown: Shown?
  /// When a picture was last made exact, and whether the one on the screen is.
  private var settledAtMilliseconds: Int64 = 0
  private var isSettled = false

  /// How often a moving picture is made exact, and sent whole where terminals lose parts of it.
  private static let settleIntervalMilliseconds: Int64 = 2000
  /// The same on a slow line, which a whole picture holds up for long.
  private static let slowSettleIntervalMilliseconds: Int64 = 10_000

  init(driver: any PictureDriver) { self.driver = driver }

  /// The samples of a cell that clear pictures are scaled for.
  func samples(in cell: PixelSize) -> PixelSize { driver.samples(in: cell) }

  /// Forgets what is on the screen, which was drawn over: the next picture is sent whole.
  mutating func invalidate() {
    shown = nil
    isSettled = false
    driver.invalidate()
  }

  /// Forgets what is on the screen, and appends what takes it away where text over it does not.
  mutating func erase(into bytes: inout [UInt8]) {
    driver.erase(into: &bytes)
    invalidate()
  }

  /// What writes blanks over a pane, whatever is drawn there.
  static func blank(_ rect: CellRect) -> [UInt8] {
    let blanks = String(repeating: " ", count: rect.size.columns)
    return (0..<rect.size.rows).flatMap { row in
      Array("\u{1B}[\(rect.row + row + 1);\(rect.column + 1)H\(blanks)".utf8)
    }
  }

  /// Draws what comes with a driver that knows nothing of the clip before, whose picture is still on
  /// the screen.
  mutating func begin(with new: any PictureDriver, into bytes: inout [UInt8]) {
    driver.erase(into: &bytes)
    driver = new
    isSettled = false
  }

  /// What a palette is wanted for, once, and of how many colours; nil where none is.
  mutating func takeSample() -> (sample: ColourSample, count: Int)? {
    driver.takeSample().map { ($0, driver.paletteSize) }
  }

  /// Draws in these colours from now on.
  mutating func adopt(_ palette: ClipPalette) {
    driver.adopt(palette)
    shown = nil
    isSettled = false
  }

  /// Whether no picture is on the screen.
  var isEmpty: Bool { shown == nil }

  /// Appends what shows a picture, unless it stands there already.
  ///
  /// - Parameters:
  ///   - picture: The frame and its looks.
  ///   - name: What tells it from others.
  ///   - place: Where it goes.
  ///   - isStill: Whether no other follows by itself: it is then made exact.
  ///   - quality: What the line leaves of it.
  ///   - now: The monotonic clock.
  ///   - bytes: Where the bytes go; none where the picture looks as the one before.
  mutating func draw(
    _ picture: ShownPicture, named name: PictureName, in place: PanePlace, isStill: Bool,
    quality: PictureQuality, nowMilliseconds now: Int64, into bytes: inout [UInt8]
  ) {
    let wanted = Shown(
      name: name, size: picture.frame.clearSize, rect: place.rect, adjustment: picture.adjustment,
      mark: picture.mark, quality: quality)
    let isThere = shown?.suffices(for: wanted) == true
    guard !isThere || isStill && !isSettled else { return }
    let interval =
      quality == .full ? Self.settleIntervalMilliseconds : Self.slowSettleIntervalMilliseconds
    let isDue = now - settledAtMilliseconds >= interval
    let terms = DrawingTerms(quality: quality, isSettling: isStill || isDue)
    driver.encode(picture, in: place, terms, into: &bytes)
    shown = wanted
    isSettled = terms.isSettling
    if isSettled { settledAtMilliseconds = now }
  }
}

extension VeiledFrame {
  /// The size of a clear frame, which is scaled for its pane; nil of any other.
  fileprivate var clearSize: PixelSize? {
    if case .colour(let size, _) = content { size } else { nil }
  }
}
