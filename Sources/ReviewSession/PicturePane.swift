// SPDX-License-Identifier: Apache-2.0

internal import PictureRenderer
internal import TerminalScreen
internal import Veil
internal import Vocabulary

/// The picture on the screen: which one it is, and the driver that draws the next over it.
struct PicturePane {
  /// A picture as it stands on the screen.
  private struct Shown: Equatable {
    let name: PictureName
    let rect: CellRect
    let adjustment: PictureAdjustment
  }

  private var driver: any PictureDriver
  private var shown: Shown?
  /// When a picture was last made exact, and whether the one on the screen is.
  private var settledAtMilliseconds: Int64 = 0
  private var isSettled = false
  private var bytes: [UInt8] = []

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

  /// Whether no picture is on the screen.
  var isEmpty: Bool { shown == nil }

  /// Sends a picture to the screen, unless it stands there already; where it `isStill`, which means
  /// that no other follows by itself, it is made exact.
  mutating func draw(
    _ picture: ShownPicture, named name: PictureName, in rect: CellRect, isStill: Bool,
    on screen: TerminalScreen
  ) throws(SessionError) {
    let now = SessionClock.monotonicMilliseconds
    let wanted = Shown(name: name, rect: rect, adjustment: picture.adjustment)
    guard wanted != shown || isStill && !isSettled else { return }
    let isDue = now - settledAtMilliseconds >= Self.settleIntervalMilliseconds
    let terms = DrawingTerms(isSettling: isStill || isDue)
    bytes.removeAll(keepingCapacity: true)
    let cell = screen.cellAspect
    let place = PanePlace(
      rect: rect, cell: PixelSize(width: cell.numerator, height: cell.denominator))
    driver.encode(picture, in: place, terms, into: &bytes)
    try send(on: screen)
    shown = wanted
    isSettled = terms.isSettling
    if isSettled { settledAtMilliseconds = now }
  }

  private func send(on screen: TerminalScreen) throws(SessionError) {
    do {
      try screen.writePicture(bytes, nowMilliseconds: SessionClock.monotonicMilliseconds)
    } catch { throw .terminal(error.sentence) }
  }
}
