// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import DecoderLink
internal import LabelStore
internal import ReviewCore
internal import Veil
internal import Vocabulary

/// One clip that is open: its decoder, and the veiled pictures that came from it.
final class ClipOnShelf {
  private(set) var loaded: LoadedClip
  private(set) var frost: DefaultFrost
  /// Its camera's room; empty where nobody says.
  private let room: String
  /// What says why it cannot be played.
  private let texts: Texts
  /// The frost that the reviewer raised it to; clear where they did not.
  private(set) var raisedFrost: Frost
  /// Its regions: the manifest's, and those that reviewers added.
  private var regions: [Region]
  /// Whether its decoder was started anew and has not been through it yet.
  private(set) var isDecodedAnew = false
  /// Nil where the clip could not be read or its decoder has ended.
  private(set) var decoder: DecoderHandle?
  private(set) var timeline: Timeline
  private(set) var failure: Failure?
  /// Whether the clip was shut while it was open: it has no lease any more.
  private(set) var isShut = false
  /// Whether somebody has looked who sees the terminal since the clip was opened.
  var isLookedFor = false
  /// Whether the log knows that a picture of it was on the screen.
  var isFirstPictureLogged = false
  private(set) var grids: [Frost: [VeiledFrame]] = [:]
  /// The clear frames at hand: the one on screen and the one asked for ahead.
  private(set) var clearFrames: [Int: VeiledFrame] = [:]
  /// The clear frames of a contact sheet that were at hand once.
  private var sheetFrames: [Int: VeiledFrame] = [:]
  private var requestedFrame: Int?
  /// The look that goes on; nil while there is none.
  var look: LookedAt?

  /// Why there is no picture, and whether that is the clip's fault: such a clip is due no more.
  struct Failure {
    let sentence: String
    let isLasting: Bool
    /// Whether the vault did not open the clip, so that no decoder ever saw it.
    var isRefusal = false
  }

  typealias Picture = (name: PictureName, frame: VeiledFrame)

  /// The pane with nothing in it.
  static let dark: Picture = (.solid(0), .solid(movedEighths: 0))

  var id: ClipID { loaded.id }
  var record: ClipRecord { loaded.row.record }

  /// Width to height of the picture as a person sees it.
  var displayAspect: Ratio {
    let facts = record.facts
    return Ratio(
      facts.size.width * facts.pixelAspect.numerator,
      facts.size.height * facts.pixelAspect.denominator)
  }

  init(_ loaded: LoadedClip, cameras: CameraBook, taxonomy: Taxonomy, texts: Texts) {
    self.texts = texts
    self.loaded = loaded
    frost = Self.frost(of: loaded, cameras)
    room = cameras[loaded.row.record.camera]?.room ?? ""
    // The reviewer's own choice, on top of what the decoder is held to.
    raisedFrost = loaded.raisedFrost
    regions =
      loaded.row.record.regions
      + LabelHistory(loaded.events, taxonomy: taxonomy).draft.regions
    timeline = Timeline(expectedDuration: loaded.row.record.facts.duration)
    if case .refused(let sentence, let isLasting) = loaded.content {
      failure = Failure(sentence: sentence, isLasting: isLasting, isRefusal: true)
    }
  }

  private static func frost(of loaded: LoadedClip, _ cameras: CameraBook) -> DefaultFrost {
    let record = loaded.row.record
    let frost = DefaultFrost(record: record, camera: cameras[record.camera])
      .raised(to: loaded.frostFloor, because: .privateRoom)
    let wasFlagged = loaded.events.contains { $0.change == .flag }
    return wasFlagged ? frost.raised(to: .strict, because: .flaggedBefore) : frost
  }

  /// Forgets every picture finer than *strict*, here and in the decoder, for good: a clip that was
  /// flagged never shows finer again.
  func flag(on host: DecoderHost, vault: Vault, raster: Raster?) {
    frost = frost.raised(to: .strict, because: .flaggedBefore)
    decodeAnew(on: host, vault: vault, raster: raster)
  }

  /// Covers these regions beside the manifest's from now on: what was made before is forgotten.
  func cover(_ added: [Region], on host: DecoderHost, vault: Vault, raster: Raster?) {
    let wanted = record.regions + added
    guard wanted != regions, !isShut else { return }
    regions = wanted
    decodeAnew(on: host, vault: vault, raster: raster)
  }

  private func decodeAnew(on host: DecoderHost, vault: Vault, raster: Raster?) {
    decoder?.close()
    decoder = nil
    grids = [:]
    look = nil
    forgetClearFrames()
    guard failure == nil else { return }
    isDecodedAnew = true
    // A window without room for a picture may grow: then the decoder is told.
    let pixel = Raster(limit: PixelSize(width: 1, height: 1), pixelAspect: .one)
    startDecoder(on: host, vault: vault, raster: raster ?? pixel, isPrefetch: false)
  }

  /// The finest frost that any picture of it may have here, without a look.
  var finestFrost: Frost { max(frost.frost, raisedFrost) }

  /// Whether a look may ever open it: never once it was flagged.
  private var mayLook: Bool {
    loaded.isLookable && Frost.grids.contains(finestFrost) && frost.reason != .flaggedBefore
  }

  /// Shows it with that frost at least from now on.
  func raise(to frost: Frost) {
    raisedFrost = max(raisedFrost, frost)
    endLook()
    forgetClearFrames()
  }

  /// The clip as the core opens it; the arguments as there.
  func opened(
    _ texts: Texts, playhead: MediaTime? = nil, playsOn: Bool = false, isReopening: Bool = false
  ) -> OpenedClip {
    OpenedClip(
      record: record, events: loaded.events, timeline: timeline, position: loaded.row.position,
      frost: frost.frost, frostReason: texts(frost.reason), ownFrost: raisedFrost,
      lookSpentMilliseconds: loaded.lookSpentMilliseconds, playhead: playhead,
      playsOn: playsOn, isReopening: isReopening, turn: loaded.row.turn, room: room)
  }

  /// Starts a decoder for it; one that cannot be started is the clip's failure, not a lasting one.
  func startDecoder(on host: DecoderHost, vault: Vault, raster: Raster, isPrefetch: Bool) {
    guard case .clip(let content) = loaded.content else { return }
    do {
      decoder = try host.open(
        request(in: vault, raster: raster, isPrefetch: isPrefetch), clip: content,
        nowMilliseconds: SessionClock.monotonicMilliseconds)
    } catch {
      fail(error.spoken(id, texts), isLasting: false)
    }
  }

  /// What a decoder is asked for: clear pictures only of a staff test clip.
  private func request(in vault: Vault, raster: Raster, isPrefetch: Bool) -> DecodeRequest {
    let camera = vault.cameras[record.camera]
    let grant =
      frost.frost == .clear
      ? camera.flatMap { ClearGrant.staffTest(record: record, camera: $0) } : nil
    return .play(
      clip: id, facts: record.facts,
      sceneWidthMillimetres: vault.cameras.sceneWidthMillimetres(of: record.camera),
      finest: frost.frost, grant: grant, mayLook: mayLook, regions: regions, raster: raster,
      isPrefetch: isPrefetch)
  }

  /// Ends the decoder and forgets every picture and the clip's bytes: the clip was shut while it was
  /// open.
  func shut(_ sentence: String) {
    isShut = true
    decoder?.close()
    loaded.content = .refused(sentence, isLasting: false)
    fail(sentence, isLasting: false)
    grids = [:]
    look = nil
    forgetClearFrames()
  }

  /// Notes why there is no picture; the first reason stands.
  private func fail(_ sentence: String, isLasting: Bool) {
    failure = failure ?? Failure(sentence: sentence, isLasting: isLasting)
    decoder = nil
  }

  /// Takes in what the decoder sent.
  func take(_ event: DecoderEvent) {
    switch event {
    case .opened, .greys: break
    case .timeline(let frame): _ = timeline.append(frame)
    case .grid(let frost, _, let picture): grids[frost, default: []].append(picture)
    case .frame(let index, let picture): keep(picture, at: index)
    case .window(let index, let window): keep(window, at: index)
    case .rescaled: forgetClearFrames()
    case .passComplete(let duration, _):
      timeline.duration = duration
      timeline.isComplete = true
      isDecodedAnew = false
    case .failed(let failure):
      fail(failure.spoken(id, texts), isLasting: failure.isOfTheClip)
    }
  }

  /// The picture of a moment at a frost; nil while the decoder has not sent it.
  func picture(_ frost: Frost, at moment: Moment) -> Picture? {
    switch frost {
    case .solid:
      let moved = timeline.frames.isEmpty ? 0 : movedEighths(around: moment)
      return (.solid(moved), .solid(movedEighths: moved))
    case .clear:
      guard let frame = clearFrames[moment.frame] else { return nil }
      return (.frame(id, moment.frame), frame)
    case .soft, .frosted, .strict:
      guard let holds = grids[frost], !holds.isEmpty else { return nil }
      let wanted = frost.holdIndex(at: moment.time)
      // What was on the screen before may lie further on than the new pass.
      if isDecodedAnew, wanted >= holds.count { return nil }
      let hold = min(wanted, holds.count - 1)
      return (.grid(id, frost, hold), holds[hold])
    }
  }

  /// Asks for a clear frame unless it is at hand or on its way; one past the end is not asked for.
  func request(frame index: Int) {
    guard clearFrames[index] == nil, requestedFrame != index, index < timeline.frames.count else {
      return
    }
    ask(for: index)
  }

  /// Asks for the first frame before any is decoded, for a clip that is prefetched.
  func requestFirstFrame() { ask(for: 0) }

  private func ask(for index: Int) {
    requestedFrame = index
    decoder?.requestFrame(
      index: index, nowMilliseconds: SessionClock.monotonicMilliseconds)
  }

  /// The clear frame of a contact sheet; asks for one after the other until all are there.
  func sheetFrame(_ index: Int) -> VeiledFrame? {
    if let frame = sheetFrames[index] ?? clearFrames[index] {
      sheetFrames[index] = frame
      return frame
    }
    if requestedFrame == nil { ask(for: index) }
    return nil
  }

  /// Forgets a contact sheet's frames.
  func forgetSheet() { sheetFrames = [:] }

  /// Forgets the clear frames, which have another size than the pane now.
  func forgetClearFrames() {
    clearFrames = [:]
    sheetFrames = [:]
    requestedFrame = nil
  }

  private func keep(_ picture: VeiledFrame, at index: Int) {
    if requestedFrame == index { requestedFrame = nil }
    clearFrames[index] = picture
    // The frame shown and its neighbours on both sides are all that is ever wanted soon.
    if clearFrames.count > 4 {
      let near = clearFrames.keys.sorted { abs($0 - index) < abs($1 - index) }.prefix(3)
      clearFrames = clearFrames.filter { near.contains($0.key) }
    }
  }

  /// What moved during the hold of *solid* that the moment lies in.
  private func movedEighths(around moment: Moment) -> UInt8 {
    let hold = Frost.solid.holdIndex(at: moment.time)
    let start = MediaTime(microseconds: Int64(hold) * Frost.solid.hold.microseconds)
    return timeline.frames[timeline.frameIndex(at: start)...]
      .prefix { Frost.solid.holdIndex(at: $0.time) <= hold }
      .filter { $0.time >= start }
      .reduce(0) { $0 | $1.movedEighths }
  }
}

extension DecoderFailure {
  /// Whether another try would fail too, as far as anyone can know.
  fileprivate var isOfTheClip: Bool {
    switch self {
    case .clip, .crashed, .hung, .lied: true
    case .notStarted, .hostGone: false
    }
  }
}

/// Tells pictures apart, so that one that is on the screen is not sent again.
enum PictureName: Hashable, Sendable {
  case frame(ClipID, Int)
  /// A frame's hold at the clip's frost, with a part of the frame clear.
  case lens(ClipID, Int, LensWindow, Int)
  case grid(ClipID, Frost, Int)
  case solid(UInt8)
  /// One of the others with a box over it that a reviewer places.
  indirect case covered(PictureName, RegionBox)
}
