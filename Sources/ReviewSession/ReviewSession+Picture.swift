// SPDX-License-Identifier: Apache-2.0

internal import DecoderLink
internal import PictureRenderer
internal import ReviewCore
internal import TerminalScreen
internal import Veil
internal import Vocabulary

/// A small picture on the screen and what draws it.
struct ThumbnailPane {
  let thumbnail: Thumbnail
  var pane: PicturePane
}

/// Draws the pictures: the clip's in its pane, or the small ones of a contact sheet or the worklist.
extension ReviewSession {
  func drawPictures(_ now: Int64) throws(SessionError) {
    guard let screen else { return }
    // A window that was covered or hidden may have lost its picture meanwhile.
    let (isForgotten, isFocused) = (screen.takePictureForgotten(), screen.takeFocusGained())
    if isForgotten || isFocused { invalidatePictures() }
    if let palette = palettes.isReady ? palettes.take() : nil { pane.adopt(palette) }
    try coverIfSlow(now)
    guard screen.mayDraw(nowMilliseconds: now) else { return }
    if !thumbnails.isEmpty { return try drawThumbnails(now) }
    guard let rect = paneRect else { return try sendPicture() }
    try drawClip(in: rect, now)
  }

  private func drawClip(in rect: CellRect, _ now: Int64) throws(SessionError) {
    guard let clip = current, let open = state.clip, clip.id == open.id else { return }
    let frost = state.isBlanked ? .solid : state.shownFrost
    let moment = open.playhead
    let ready = isTerminalSeen ? picture(of: clip, frost, at: moment) : nil
    guard let picture = state.isBlanked ? ClipOnShelf.dark : ready else {
      // The clip before must not stand under this one's name until its first picture is there, nor
      // this one without a region that was added.
      if clip.isDecodedAnew || open.firstPictureAtMilliseconds == nil && !pane.isEmpty {
        draw(ClipOnShelf.dark, of: clip, in: rect, now)
      }
      return try sendPicture()
    }
    draw(covered(picture), of: clip, in: rect, now)
    try sendPicture()
    if frost == .clear, state.look == nil { clip.request(frame: moment.frame + 1) }
    guard open.firstPictureAtMilliseconds == nil else { return }
    send(.firstPictureShown(clip.id, nowMilliseconds: SessionClock.monotonicMilliseconds))
    logFirstPicture(of: clip, at: frost)
    noteReadable(clip)
    drawChrome(now)
  }

  /// The clip's picture at its frost, or what a look shows of it.
  private func picture(
    of clip: ClipOnShelf, _ frost: Frost, at moment: Moment
  ) -> ClipOnShelf.Picture? {
    if let look = state.look, state.picture == .frames, !state.isBlanked {
      return clip.lookPicture(look, lens: state.lens, under: state.finestFrost, at: moment)
    }
    if frost == .clear { clip.request(frame: moment.frame) }
    return clip.picture(frost, at: moment)
  }

  /// The picture under the region that is being placed, if there is one.
  private func covered(_ picture: ClipOnShelf.Picture) -> ClipOnShelf.Picture {
    guard let box = state.placedCover else { return picture }
    return (.covered(picture.name, box), picture.frame.covered(box))
  }

  private func draw(
    _ picture: ClipOnShelf.Picture, of clip: ClipOnShelf, in rect: CellRect, _ now: Int64
  ) {
    guard let screen else { return }
    let isStill = state.millisecondsToNextFrame == nil
    // Where a lens was, nothing clear may stay, also not what the eye would not see.
    if let lens = picture.name.lens, lens != drawnLens { pane.invalidate() }
    drawnLens = picture.name.lens
    pane.draw(
      ShownPicture(
        picture.frame, mark: markNow(), displayAspect: clip.displayAspect,
        adjustment: state.setting.adjustment),
      named: picture.name, in: place(rect), isStill: isStill,
      quality: isStill ? screen.pace.stillQuality : screen.quality, nowMilliseconds: now,
      into: &pictureBytes)
    if let (sample, count) = pane.takeSample() { palettes.ask(sample, count: count) }
  }

  /// What stands over every picture that is drawn now; a picture that stands still is drawn again when
  /// it changes.
  private func markNow() -> ReviewerMark {
    marks.mark(wallMilliseconds: SessionClock.wallMilliseconds)
  }

  // MARK: small pictures

  /// Makes way for the small pictures of a new screen, and takes those of the old one away.
  func follow(_ view: ScreenView) {
    if view.pane == nil || view.picture == .none { pane.erase(into: &pictureBytes) }
    guard view.thumbnails != thumbnails.map(\.thumbnail) else { return }
    for index in thumbnails.indices { thumbnails[index].pane.erase(into: &pictureBytes) }
    if view.thumbnails.isEmpty { current?.forgetSheet() }
    thumbnails = view.thumbnails.enumerated().map { index, thumbnail in
      ThumbnailPane(
        thumbnail: thumbnail, pane: PicturePane(driver: makeDriver(pane: index + 1)))
    }
  }

  func invalidatePictures() {
    pane.invalidate()
    for index in thumbnails.indices { thumbnails[index].pane.invalidate() }
  }

  /// Empties the panes first, then fills one a frame, so that a slow line shows the first ones soon.
  private func drawThumbnails(_ now: Int64) throws(SessionError) {
    for index in thumbnails.indices where thumbnails[index].pane.isEmpty {
      draw(ClipOnShelf.dark, aspect: .one, at: index, now)
    }
    for index in thumbnails.indices where pictureBytes.isEmpty {
      let thumbnail = thumbnails[index].thumbnail
      guard let clip = shelf.first(where: { $0.id == thumbnail.clip }),
        let (picture, frost) = picture(of: clip, thumbnail.moment)
      else { continue }
      draw(picture, aspect: clip.displayAspect, at: index, now)
      logFirstPicture(of: clip, at: frost)
    }
    try sendPicture()
  }

  private func draw(
    _ picture: ClipOnShelf.Picture, aspect: Ratio, at index: Int, _ now: Int64
  ) {
    guard let screen else { return }
    thumbnails[index].pane.draw(
      ShownPicture(
        picture.frame, mark: markNow(), displayAspect: aspect, adjustment: thumbnailAdjustment),
      named: picture.name, in: place(thumbnails[index].thumbnail.rect), isStill: true,
      quality: screen.pace.stillQuality, nowMilliseconds: now, into: &pictureBytes)
  }

  // A small picture shows all of the clip, in the tones that the large one has.
  private var thumbnailAdjustment: PictureAdjustment {
    var adjustment = state.setting.adjustment
    adjustment.zoom = .whole
    return adjustment
  }

  /// A clip's picture at its own frost; nil while none is decoded, or nobody has looked who sees
  /// this terminal since a clip came that was not on the screen yet.
  private func picture(
    of clip: ClipOnShelf, _ moment: Moment?
  ) -> (ClipOnShelf.Picture, Frost)? {
    let frost = clip === current ? state.finestFrost : clip.finestFrost
    guard frost != .solid, !clip.isShut, clip.failure == nil else { return nil }
    if !clip.isLookedFor {
      clip.isLookedFor = true
      lookAtTerminal(isThorough: false)
    }
    guard isTerminalSeen else { return nil }
    let picture =
      if let moment { clip.sheetPicture(frost, at: moment) } else { clip.thumbnail(frost) }
    return picture.map { ($0, frost) }
  }

  // MARK: sending

  private func place(_ rect: CellRect) -> PanePlace {
    PanePlace(rect: rect, cell: cell)
  }

  /// A cell's width and height, in pixels or in their proportion.
  private var cell: PixelSize {
    let aspect = screen?.cellAspect ?? Ratio(1, 2)
    return PixelSize(width: aspect.numerator, height: aspect.denominator)
  }

  func sendPicture() throws(SessionError) {
    guard !pictureBytes.isEmpty, let screen else { return }
    defer { pictureBytes.removeAll(keepingCapacity: true) }
    do {
      try screen.writePicture(
        pictureBytes, nowMilliseconds: SessionClock.monotonicMilliseconds)
    } catch { throw .terminal(error) }
  }

  // MARK: how it is drawn

  /// Draws the picture another way from now on.
  func usePicture() {
    renewDriver()
    rescaleSoon()
  }

  /// Draws all in the theme that is wanted now.
  func useTheme() {
    screen?.use(theme)
    renewDriver()
    forgetGrid()
  }

  /// Draws what comes with a driver that knows nothing of what was drawn before.
  func renewDriver() {
    guard screen != nil else { return }
    pane.begin(with: makeDriver(), into: &pictureBytes)
    palettes.forget()
  }

  /// The picture's room in the driver's samples, as decoders scale clear frames for it.
  ///
  /// Zoomed in it is as many more; it stays while another screen lies over the clip.
  var raster: Raster? {
    guard let screen else { return Self.smallRaster }
    guard let rect = picturePane(state, screen.size), !rect.isEmpty else { return nil }
    let cell = cell
    let samples = pane.samples(in: cell)
    let zoom = state.setting.adjustment.zoom.rawValue
    return Raster(
      limit: PixelSize(
        width: rect.size.columns * samples.width * zoom,
        height: rect.size.rows * samples.height * zoom),
      pixelAspect: Ratio(
        cell.width * samples.height, cell.height * samples.width))
  }
}
