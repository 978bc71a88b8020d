// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import DecoderLink
internal import LabelStore
internal import Lockdown
internal import PictureRenderer
internal import ReviewCore
internal import Veil
internal import Vocabulary

/// A session without a terminal: each due clip in words and as one picture of letters, confirmed by itself.
///
/// The same store, decoders, frost and core as on the screen; only keys and clock are scripted.
package final class ScriptedSession {
  private let settings: SessionSettings
  private let host: DecoderHost
  private let store: LabelStore
  private let session: StoreSession
  private let loader: ClipLoader
  private var state: State
  private let tell: (String) -> Void
  /// The scripted clock, so that no rule about time needs waiting for.
  private var nowMilliseconds: Int64 = 0

  private static let size = CellSize(columns: 72, rows: 20)
  private static let cell = PixelSize(width: 1, height: 2)

  /// Goes through the clips that are due and commits what the predictions say, or that the clip
  /// cannot be judged; `tell` gets lines of text.
  package static func run(
    _ settings: SessionSettings, _ decoders: Decoders, after housekeeper: Housekeeper,
    tell: @escaping (String) -> Void
  ) throws(SessionError) -> SessionSummary {
    try settings.keymap.check(settings.vault.taxonomy)
    try housekeeper.wait()
    let store = try settings.entry.openStore()
    do {
      let scripted = try ScriptedSession(settings, host: decoders.host, store: store, tell: tell)
      return try inStore { () throws(StoreError) in try scripted.loop() }
    } catch {
      try? store.close()
      throw error
    }
  }

  private init(
    _ settings: SessionSettings, host: DecoderHost, store: LabelStore,
    tell: @escaping (String) -> Void
  ) throws(SessionError) {
    self.settings = settings
    self.host = host
    self.store = store
    self.tell = tell
    session = try inStore { () throws(StoreError) in
      try settings.entry.beginSession(
        in: store, nowMilliseconds: SessionClock.wallMilliseconds)
    }
    loader = try ClipLoader(settings.entry, session: session)
    state = State(settings, speed: .normal, nowMilliseconds: 0)
    let verdict = settings.entry.lookWithoutTerminal()
    if verdict.outcome != .allowed { tell(verdict.sentence(state.texts)) }
    try inStore { () throws(StoreError) in
      try store.record(
        [verdict.draft], by: session.actor, nowMilliseconds: SessionClock.wallMilliseconds)
    }
  }

  private func loop() throws(StoreError) -> SessionSummary {
    let end = settings.autoplaySeconds.map {
      SessionClock.monotonicMilliseconds + Int64($0) * 1000
    }
    let start = SessionClock.monotonicMilliseconds
    var last: ClipID?
    while end.map({ SessionClock.monotonicMilliseconds < $0 }) ?? true {
      guard case .loaded(let loaded) = try loader.nextDue(after: last, in: store) else { break }
      last = loaded.id
      try review(loaded)
    }
    let now = SessionClock.wallMilliseconds
    let today = SessionClock.startOfDay(wallMilliseconds: now)
    let summary = SessionSummary(
      texts: state.texts,
      committed: state.stats.committed, keys: state.stats.keys,
      seconds: Int((SessionClock.monotonicMilliseconds - start) / 1000),
      counts: try store.counts(session: session, nowMilliseconds: now),
      dailyGoal: state.dailyGoal,
      committedToday: try store.committedCount(by: session.reviewer, sinceMilliseconds: today))
    try session.end(nowMilliseconds: now)
    try store.close()
    return summary
  }

  private func review(_ loaded: LoadedClip) throws(StoreError) {
    let record = loaded.row.record
    let clip = ClipOnShelf(
      loaded, cameras: settings.vault.cameras, taxonomy: settings.vault.taxonomy,
      texts: state.texts)
    try send(.clipOpened(clip.opened(state.texts)))
    let frame = decode(clip)
    let facts = [
      DisplayText.line(record.camera.text, limit: 24), record.source.name(state.texts),
      clip.finestFrost.name(state.texts),
    ].joined(separator: " · ")
    tell("\n" + state.texts(StartPhrase.demoClip, loaded.row.position, facts))
    if clip.timeline.isComplete {
      let description = ClipDescription(record, clip.timeline, state.taxonomy)
      for line in description.lines(state.texts) { tell(line) }
    }
    if let frame {
      var driver = ASCIIDriver()
      let lines = driver.lines(
        of: ShownPicture(frame, mark: mark, displayAspect: clip.displayAspect), size: Self.size,
        cell: Self.cell)
      for line in lines { tell(line) }
    }
    if let failure = clip.failure {
      tell(failure.sentence)
      return failure.isLasting
        ? try store.setUnreadable(clip.id, reason: failure.sentence) : ()
    }
    try commit(clip.id)
  }

  private var mark: ReviewerMark {
    ReviewerMark(
      seat: state.seat, reviewer: state.reviewer.text,
      wallMilliseconds: SessionClock.wallMilliseconds)
  }

  /// Confirms the predictions; where they do not make a verdict, says that it cannot be judged.
  private func commit(_ id: ClipID) throws(StoreError) {
    try send(.firstPictureShown(id, nowMilliseconds: nowMilliseconds))
    let keys = [
      state.keymap.keys(.confirm).first, .character("c"), .character("5"),
      state.keymap.keys(.commit).first,
    ]
    for key in keys.compactMap(\.self) {
      guard state.clip?.history.state != .done else { break }
      // A second a key: past the time in which a commit key does not count yet.
      nowMilliseconds += 1000
      try send(
        .key(
          key, nowMilliseconds: nowMilliseconds,
          wallMilliseconds: SessionClock.wallMilliseconds))
    }
    guard let verdict = state.clip?.history.verdict else { return }
    let terms = Axis.allCases.flatMap { verdict.terms($0, state.taxonomy) }.map(\.name)
    let words =
      verdict.cannotJudge == nil
      ? terms.joined(separator: ", ") : state.texts(LabellingPhrase.cannotJudge)
    tell(state.texts(StartPhrase.demoLabelled, words))
  }

  /// Hands a message to the core; label events are stored before anything else happens.
  private func send(_ message: Message) throws(StoreError) {
    for effect in update(&state, message) {
      guard case .append(let events) = effect, let last = events.last else { continue }
      try store.append(events, session: session)
      try send(.stored(last.clip, throughOrdinal: last.ordinal))
    }
  }

  // MARK: decoding

  /// Decodes the whole clip and gives its picture where most moved; nil where it cannot be played.
  private func decode(_ clip: ClipOnShelf) -> VeiledFrame? {
    let raster = Raster(
      limit: PixelSize(width: Self.size.columns, height: Self.size.rows * 2), pixelAspect: .one)
    clip.startDecoder(on: host, vault: settings.vault, raster: raster, isPrefetch: false)
    wait(for: clip) { $0.timeline.isComplete }
    let frames = clip.timeline.frames
    guard let peak = frames.indices.max(by: { frames[$0].motion < frames[$1].motion }) else {
      return nil
    }
    let moment = Moment(time: frames[peak].time, frame: peak)
    let frost = clip.finestFrost
    if frost == .clear { clip.request(frame: peak) }
    wait(for: clip) { $0.picture(frost, at: moment) != nil }
    let picture = clip.picture(frost, at: moment)?.frame
    clip.decoder?.close()
    return picture
  }

  private func wait(for clip: ClipOnShelf, until isDone: (ClipOnShelf) -> Bool) {
    while !isDone(clip), let decoder = clip.decoder {
      for event in host.waitForEvents(of: decoder) { clip.take(event) }
    }
  }
}
