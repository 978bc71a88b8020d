// SPDX-License-Identifier: Apache-2.0

internal import PictureRenderer
internal import TerminalScreen
internal import Veil
internal import Vocabulary

/// The picture on the screen: which one it is, and the driver that draws the next over it.
struct PicturePane {
  private var driver: any PictureDriver
  private var shown: PictureName?
  private var rect: CellRect?
  private var bytes: [UInt8] = []

  init(driver: any PictureDriver) { self.driver = driver }

  /// Forgets what is on the screen, which was drawn over: the next picture is sent whole.
  mutating func invalidate() {
    shown = nil
    driver.invalidate()
  }

  /// Whether no picture is on the screen.
  var isEmpty: Bool { shown == nil }

  /// Whether that picture is on the screen in that place already.
  func shows(_ name: PictureName, in pane: CellRect) -> Bool { shown == name && rect == pane }

  /// Sends a picture to the screen.
  mutating func draw(
    _ frame: VeiledFrame, named name: PictureName, in pane: CellRect, displayAspect: Ratio,
    on screen: TerminalScreen
  ) throws(SessionError) {
    if rect != pane { driver.invalidate() }
    bytes.removeAll(keepingCapacity: true)
    driver.encode(
      frame, pane: pane, cellAspect: screen.cellAspect, displayAspect: displayAspect, into: &bytes)
    do {
      try screen.writePicture(bytes, nowMilliseconds: SessionClock.monotonicMilliseconds)
    } catch { throw .terminal(error.sentence) }
    shown = name
    rect = pane
  }
}
