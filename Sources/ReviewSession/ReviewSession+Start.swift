// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import DecoderLink
internal import LabelStore
internal import Lockdown
internal import PictureRenderer
internal import ReviewCore
internal import TerminalScreen
internal import Vocabulary

/// How a session begins and ends.
extension ReviewSession {
  /// The theme on the screen.
  var theme: Theme { settings.theme.offered[state.setting.theme] }

  /// A driver that has drawn nothing yet, of the way to draw that is wanted now; `pane` is 0 for the
  /// clip's pane, and another for each that is on the screen with others.
  func makeDriver(pane: Int = 0) -> any PictureDriver {
    Self.driver(state.setting.kind, screen, surround: theme.background, pane: pane)
  }

  /// A driver for a screen; without one nothing is ever drawn with it.
  static func driver(
    _ kind: PictureKind, _ screen: TerminalScreen?, surround: RGB?, pane: Int = 0
  ) -> any PictureDriver {
    guard let screen else { return ASCIIDriver() }
    return PictureDrivers.driver(kind, screen.traits, surround: surround, pane: pane)
  }

  /// How the picture is drawn first.
  static func kind(_ settings: SessionSettings, _ screen: TerminalScreen?) -> PictureKind {
    screen.map { PictureDrivers.kind(settings.picture.wanted, $0.traits) } ?? .ascii
  }

  /// Takes the terminal over to draw on it.
  static func openScreen(
    _ settings: SessionSettings, _ theme: Theme
  ) throws(SessionError) -> TerminalScreen {
    do {
      return try TerminalScreen(
        theme: theme, environment: ProgramStart.environment.values,
        maxBytesPerSecond: settings.maxBytesPerSecond,
        hasMouse: settings.hasMouse && !settings.isKiosk)
    } catch {
      throw .terminal(error)
    }
  }

  /// Takes the terminal over to speak to it.
  static func openLines() throws(SessionError) -> LineTerminal {
    do { return try LineTerminal() } catch { throw .terminal(error) }
  }

  /// The key that goes on to the next clip, for sentences.
  var nextKey: String { state.keymap.name(.nextDue) }

  /// Restores the terminal, waits until everything is durable, and counts what was done.
  func leave() -> SessionSummary {
    isLeaving = true
    endLook(.leave)
    keepPlace()
    for clip in shelf { clip.decoder?.close() }
    terminal.close()
    worker.drain(milliseconds: 10_000)
    let session = storeSession
    var summary = SessionSummary(
      texts: state.texts,
      committed: state.stats.committed, keys: state.stats.keys,
      seconds: Int((SessionClock.monotonicMilliseconds - state.stats.startedMilliseconds) / 1000),
      counts: WorklistCounts(), dailyGoal: state.dailyGoal,
      committedToday: state.committedToday)
    summary.clearMilliseconds = state.stats.clearMilliseconds
    summary.medianKeys = state.stats.pace.medianKeys
    summary.tenthsPerMinute = state.stats.pace.tenthsPerMinute
    summary.lessons = state.tour?.summary(state.texts)
    let now = SessionClock.wallMilliseconds
    let today = SessionClock.startOfDay(wallMilliseconds: now)
    worker.submit { store throws(StoreError) in
      let counts = try store.counts(session: session, nowMilliseconds: now)
      let committed = try store.committedCount(by: session.reviewer, sinceMilliseconds: today)
      try session.end(nowMilliseconds: now)
      try store.close()
      return (counts, committed)
    } completion: { result in
      guard case .success(let (counts, committed)) = result else { return }
      summary.counts = counts
      summary.committedToday = committed
    }
    worker.drain(milliseconds: 10_000)
    if worker.isBusy { lost.append(state.texts(WalkPhrase.storeSilent)) }
    summary.lost = lost
    return summary
  }
}
