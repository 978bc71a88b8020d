// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import DecoderLink
internal import LabelStore
internal import Lockdown
internal import PictureRenderer
internal import ReviewCore
internal import TerminalScreen
internal import Veil
internal import Vocabulary

/// One reviewer at one terminal: the poll loop that joins keys, decoders, store and screen.
///
/// Everything but the store runs on the calling thread; `ReviewCore` decides, this runs its effects.
package final class ReviewSession {
  /// Without the reviewer's identity while the session is locked.
  var settings: SessionSettings
  /// Where keys come from.
  let terminal: any SessionTerminal
  /// The same, where it is drawn on; nil for a session in plain lines.
  let screen: TerminalScreen?
  /// What speaks in plain lines; nil for a session with a screen.
  var voice: Voice?
  let host: DecoderHost
  let worker: StoreWorker
  let palettes: PaletteMaker
  let storeSession: StoreSession
  let loader: ClipLoader
  var state: State
  /// The clip on screen, the way the reviewer goes from it, and the clips that lie that way.
  var current: ClipOnShelf?
  var route = Lookahead.Route.due
  var ahead = Lookahead(.due, after: nil, ticket: 0)
  var pane: PicturePane
  var thumbnails: [ThumbnailPane] = []
  var marks: MarkClock
  /// What goes out with the next frame.
  var pictureBytes: [UInt8] = []
  var writes: [ClipID: Writes] = [:]
  /// Who is known to see this terminal, and what waits for a look at it.
  var sight = TerminalSight()
  /// Whether a picture must go from the screen that was hidden or is clear, which may not wait for the
  /// terminal.
  var mustCover = false
  /// Where the lens of the picture on the screen lies; nil where there is none.
  var drawnLens: LensWindow?
  /// Where the picture is now; nil where another screen lies over it.
  var paneRect: CellRect?

  private var grid: CellGrid?
  /// What is on the screen, for the mouse; nil before the first.
  private var shown: ScreenView?
  private var isChromeStale = true
  private var chromeDrawnAtMilliseconds: Int64 = 0
  private var resizeSettlesAtMilliseconds: Int64?
  private var keepsPlaceAtMilliseconds: Int64 = 0
  private var renewsLeasesAtMilliseconds: Int64 = 0
  /// When the store is to do a part of what it put off; far away while it does one.
  var tendsAtMilliseconds: Int64 = 0
  /// When leases were prolonged last, which is known to be on disk, and when that was last tried
  /// after a sleep: milliseconds of `StoreSession.leaseTime`.
  var renewedAtLeaseTime: Int64
  private var triedToRenewAtLeaseTime: Int64 = 0
  private var looksForClosuresAtMilliseconds: Int64 = 0
  /// The number of the closures that were looked at last; nil before the first look.
  var closuresSeen: Int64?
  var placeKept: ReviewerPlace?
  /// The settings on their way to the disk, and what they are to be by now.
  var settingsToKeep = KeptSettings()
  private var autoplay: Autoplay?
  var isLeaving = false
  let lockDesk = LockDesk()
  /// Counts locks: what was to be opened before one is not wanted after it.
  var openings = 0
  /// Why labels did not reach the disk after the screen was gone.
  var lost: [String] = []

  /// How often the time and the playhead are drawn while a clip plays.
  private static let chromeIntervalMilliseconds: Int64 = 100
  /// How long a new size must stand before pictures are decoded for it.
  private static let resizeSettleMilliseconds: Int64 = 300
  /// How often the place is kept, if it changed; each label takes it along too.
  private static let keepIntervalMilliseconds: Int64 = 2000
  /// How often leases are prolonged; the policy lets them hold for two minutes at least.
  private static let renewIntervalMilliseconds: Int64 = 60_000
  /// How often to look whether an open clip was withdrawn, held or erased elsewhere: it must be off
  /// the screen within a second.
  private static let closureIntervalMilliseconds: Int64 = 400

  /// Reviews until the reviewer leaves; returns what was done.
  ///
  /// - Throws: why no session could start, or why this one had to end.
  package static func run(
    _ settings: consuming SessionSettings, _ decoders: Decoders, after housekeeper: Housekeeper
  ) throws(SessionError) -> SessionSummary {
    try settings.keymap.check(settings.vault.taxonomy)
    try housekeeper.wait()
    let store = try settings.entry.openStore()
    let session = try ReviewSession(settings, host: decoders.host, store: store)
    do { return try session.loop() } catch {
      // What was labelled is still written, and the lease given back.
      _ = session.leave()
      throw error
    }
  }

  private init(
    _ settings: SessionSettings, host: DecoderHost, store: LabelStore
  ) throws(SessionError) {
    self.settings = settings
    self.host = host
    // The watch looks while the store is opened and the screen is made.
    let look = host.look(
      .here(isThorough: true), nowMilliseconds: SessionClock.monotonicMilliseconds)
    let now = SessionClock.wallMilliseconds
    let (speed, worklistPlace): (Speed, WorklistPlace)
    let savedTheme: String?
    do {
      storeSession = try settings.entry.beginSession(in: store, nowMilliseconds: now)
      speed = try Self.savedSpeed(store, settings.reviewer)
      worklistPlace = try Self.savedWorklistPlace(store, settings.reviewer)
      savedTheme = try store.setting(Self.themeSetting, of: settings.reviewer)
    } catch {
      throw .store(error)
    }
    renewedAtLeaseTime = storeSession.leaseTime
    worker = try StoreWorker(store: store)
    palettes = try PaletteMaker()
    loader = try ClipLoader(settings.entry, session: storeSession)
    let themeIndex = settings.theme.first(saved: savedTheme)
    let theme = settings.theme.offered[themeIndex]
    let lines = settings.isPlain ? try Self.openLines() : nil
    screen = lines == nil ? try Self.openScreen(settings, theme) : nil
    guard let terminal: any SessionTerminal = lines ?? screen else {
      throw .terminal(.notATerminal)
    }
    self.terminal = terminal
    let kind = Self.kind(settings, screen)
    pane = PicturePane(driver: Self.driver(kind, screen, surround: theme.background))
    marks = MarkClock(
      seat: settings.entry.seat, reviewer: settings.reviewer.text, wallMilliseconds: now)
    let monotonic = SessionClock.monotonicMilliseconds
    sight.asked = look
    sight.nextLookAtMilliseconds = monotonic + TerminalSight.intervalMilliseconds
    state = State(settings, speed: speed, nowMilliseconds: monotonic)
    state.setting.kind = kind
    state.setting.theme = themeIndex
    state.wallAheadMilliseconds = now - monotonic
    state.worklistPlace = worklistPlace
    let offered = screen?.traits.offered ?? []
    state.pictureKinds = PictureKind.allCases.filter { $0 == kind || offered.contains($0) }
    autoplay = settings.autoplaySeconds.map { Autoplay(seconds: $0, nowMilliseconds: monotonic) }
    voice = lines.map { Voice($0, state) }
  }

  private func loop() throws(SessionError) -> SessionSummary {
    if let screen { send(.resized(screen.size)) }
    refreshCounts()
    tellLastVerdict()
    while !isLeaving {
      _ = Waiting.readable(
        descriptors, writable: terminal.outputDescriptor, milliseconds: waitMilliseconds)
      renewAfterSleep()
      if state.lock == nil { try takeKeys() } else { try takeLockKeys() }
      noteTerminal()
      try takeDecoderEvents()
      takeLooks()
      worker.deliver()
      send(.tick(nowMilliseconds: SessionClock.monotonicMilliseconds))
      try present()
      keepPlaceAndLeases()
    }
    return leave()
  }

  // MARK: waiting

  private var descriptors: [Int32] {
    [
      terminal.inputDescriptor, terminal.wakeDescriptor, worker.fileDescriptor,
      palettes.fileDescriptor,
    ]
      + ([host.fileDescriptor, host.watchDescriptor] + shelf.map { $0.decoder?.fileDescriptor })
      .compactMap { $0 }
  }

  /// The clips that are open: the one on screen first.
  var shelf: [ClipOnShelf] { [current].compactMap { $0 } + ahead.clips }

  private var waitMilliseconds: Int64 {
    let now = SessionClock.monotonicMilliseconds
    var wait = max(0, looksForClosuresAtMilliseconds - now)
    if state.notice != nil { wait = min(wait, 250) }
    if autoplay != nil { wait = min(wait, 50) }
    if let left = state.millisecondsToLookEnd { wait = min(wait, left, 100) }
    if let next = state.millisecondsToNextFrame { wait = min(wait, next, 100) }
    if let settles = resizeSettlesAtMilliseconds { wait = min(wait, settles - now) }
    if !worker.isBusy { wait = min(wait, tendsAtMilliseconds - now) }
    if let deadline = terminal.deadlineMilliseconds { wait = min(wait, deadline - now) }
    for decoder in shelf.compactMap(\.decoder) {
      if let deadline = decoder.deadlineMilliseconds { wait = min(wait, deadline - now) }
    }
    return max(0, wait)
  }

  // MARK: input

  private func takeKeys() throws(SessionError) {
    let keys: [KeyPress]
    do {
      keys = try terminal.readKeys(nowMilliseconds: SessionClock.monotonicMilliseconds)
    } catch { throw .terminal(error) }
    for key in keys { press(key) }
    let now = SessionClock.monotonicMilliseconds
    for key in autoplay?.keys(state, nowMilliseconds: now) ?? [] { press(key) }
  }

  private func press(_ key: KeyPress) {
    if key == .resized { return resized() }
    if case .pointer(let act) = key { return point(act) }
    send(
      .key(
        key, nowMilliseconds: SessionClock.monotonicMilliseconds,
        wallMilliseconds: SessionClock.wallMilliseconds))
  }

  private func point(_ act: PointerAct) {
    guard let target = shown?.target(act) else { return }
    send(
      .pointer(
        target, nowMilliseconds: SessionClock.monotonicMilliseconds,
        wallMilliseconds: SessionClock.wallMilliseconds))
  }

  func resized() {
    if let screen { send(.resized(screen.size)) }
    endLook(.resized)
    isChromeStale = true
    rescaleSoon()
  }

  /// Has clear pictures scaled anew, once no other change follows.
  func rescaleSoon() {
    resizeSettlesAtMilliseconds =
      SessionClock.monotonicMilliseconds + Self.resizeSettleMilliseconds
  }

  /// Hands a message to the core and runs what it asks for.
  func send(_ message: Message) {
    switch message {
    case .tick, .timeline: break
    default: isChromeStale = true
    }
    let (zoom, frost) = (state.setting.adjustment.zoom, state.shownFrost)
    let wasLocked = state.lock != nil
    let effects = update(&state, message)
    speak(after: message, wasLocked: wasLocked)
    for effect in effects { run(effect) }
    if state.setting.adjustment.zoom != zoom { rescaleSoon() }
    // What was to be hidden must not go on to come in over a slow line.
    if state.shownFrost == .solid, frost != .solid {
      screen?.dropQueuedPicture()
      mustCover = true
    }
  }

  // MARK: output

  private func present() throws(SessionError) {
    if voice != nil { return try say() }
    let now = SessionClock.monotonicMilliseconds
    let isDue = now - chromeDrawnAtMilliseconds >= Self.chromeIntervalMilliseconds
    if isChromeStale || isDue { drawChrome(now) }
    try drawPictures(now)
    do { try terminal.flush() } catch { throw .terminal(error) }
    if let settles = resizeSettlesAtMilliseconds, settles <= now {
      resizeSettlesAtMilliseconds = nil
      rescale()
    }
  }

  func drawChrome(_ now: Int64) {
    guard let screen else { return }
    let view = view(state, screen.size)
    if view.pane != paneRect { pane.invalidate() }
    follow(view)
    if view.grid != grid {
      screen.draw(view.grid)
      grid = view.grid
    }
    paneRect = view.pane
    shown = view
    isChromeStale = false
    chromeDrawnAtMilliseconds = now
  }

  /// Has the whole screen drawn again.
  func forgetGrid() {
    grid = nil
    isChromeStale = true
  }

  private func rescale() {
    guard let raster else { return }
    for clip in shelf {
      clip.forgetClearFrames()
      clip.decoder?.resize(
        raster, nowMilliseconds: SessionClock.monotonicMilliseconds)
    }
  }

  // MARK: keeping

  private func keepPlaceAndLeases() {
    let now = SessionClock.monotonicMilliseconds
    if now >= keepsPlaceAtMilliseconds {
      keepsPlaceAtMilliseconds = now + Self.keepIntervalMilliseconds
      keepPlace()
    }
    if now >= looksForClosuresAtMilliseconds {
      looksForClosuresAtMilliseconds = now + Self.closureIntervalMilliseconds
      lookForClosures()
    }
    lookWhenDue(now)
    tendStore(now)
    if now >= renewsLeasesAtMilliseconds {
      renewsLeasesAtMilliseconds = now + Self.renewIntervalMilliseconds
      renewLeases()
      tellNoticesAge()
    }
  }

  /// Where the process was stopped or the seat slept for as long as a lease holds, somebody else may
  /// have the clip: nothing more of it is shown before the store has said whose it is.
  private func renewAfterSleep() {
    let now = storeSession.leaseTime
    guard now - renewedAtLeaseTime >= storeSession.leaseMilliseconds,
      now - triedToRenewAtLeaseTime >= Self.renewalRetryMilliseconds
    else { return }
    triedToRenewAtLeaseTime = now
    renewLeases()
    worker.drain(milliseconds: Self.longestRenewalMilliseconds)
  }

  /// How long to wait after a renewal that failed.
  private static let renewalRetryMilliseconds: Int64 = 1000
  /// How long the screen stands still for that.
  private static let longestRenewalMilliseconds: Int64 = 2000
}
