// SPDX-License-Identifier: Apache-2.0

internal import PictureRenderer
internal import Veil
internal import Vocabulary

/// A picture on the screen: which one it is, and the driver that draws the next over it.
struct PicturePane {
  /// A picture as it stands on the screen.
  private struct Shown: Equatable {
    let name: PictureName
    /// A clear frame's own size: scaled anew it is another picture.
    let size: PixelSize?
    let rect: CellRect
    let adjustment: PictureAdjustment
  }

  private var driver: any PictureDriver
  private var shown: Shown?
  /// When a picture was last made exact, and whether the one on the screen is.
  private var settledAtMilliseconds: Int64 = 0
  private var isSettled = false

  /// How often a moving picture is made exact, and sent whole where terminals lose parts of it.
  private static let settleIntervalMilliseconds: Int64 = 2000

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
    quality: PictureQuality = .full, nowMilliseconds now: Int64, into bytes: inout [UInt8]
  ) {
    let wanted = Shown(
      name: name, size: picture.frame.clearSize, rect: place.rect, adjustment: picture.adjustment)
    guard wanted != shown || isStill && !isSettled else { return }
    let isDue = now - settledAtMilliseconds >= Self.settleIntervalMilliseconds
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
