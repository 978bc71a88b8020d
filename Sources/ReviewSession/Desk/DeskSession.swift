// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import LabelStore
internal import Lockdown
internal import ReviewCore
internal import TerminalScreen
internal import Vocabulary

/// A lead or an auditor at a terminal: the poll loop that joins keys, store and screen.
///
/// `ReviewCore` decides, this runs its effects. No clip is opened here, and no decoder runs.
package final class DeskSession {
  let entry: VaultEntry
  let helper: ErasureHelper
  let screen: TerminalScreen
  /// Acts, and lists that are read at once.
  let acts: StoreWorker
  /// Stretches of the log, which a filter may make slow to find.
  let pages: StoreWorker
  /// What reads the whole log.
  let scans: StoreWorker
  let scanning = ScanState()
  var state: DeskState
  var isLeaving = false
  private var drawn: CellGrid?
  private var shownProgress: Int64 = 0
  private var looksForErasuresAtMilliseconds: Int64 = 0
  private var ringsAtMilliseconds: Int64 = 0

  /// How often it is looked whether an erasure is done.
  private static let erasureMilliseconds: Int64 = 400
  /// How often the helper is told again, while something is left for it: another process may have
  /// been at the vault.
  private static let ringMilliseconds: Int64 = 5000

  /// Shows the desk until it is left.
  ///
  /// - Throws: why it could not start, or why it had to end.
  package static func run(
    _ settings: DeskSettings, beside helper: ErasureHelper
  ) throws(SessionError) {
    let store = try settings.entry.openStore()
    let session = try DeskSession(settings, helper, store)
    defer { session.leave() }
    try session.loop()
  }

  private init(
    _ settings: DeskSettings, _ helper: ErasureHelper, _ store: LabelStore
  ) throws(SessionError) {
    entry = settings.entry
    self.helper = helper
    let person = try settings.entry.person().person
    state = DeskState(
      settings, person, nowMilliseconds: SessionClock.monotonicMilliseconds,
      wallMilliseconds: try settings.entry.now(store))
    acts = try StoreWorker(store: store)
    pages = try StoreWorker(store: store)
    scans = try StoreWorker(store: store)
    do {
      screen = try TerminalScreen(
        theme: settings.theme, environment: ProgramStart.environment.values)
    } catch {
      throw .terminal(error)
    }
  }

  private func loop() throws(SessionError) {
    for effect in state.start() { run(effect) }
    while !isLeaving {
      try present()
      _ = Waiting.readable(
        [screen.inputDescriptor, screen.wakeDescriptor] + workers.map(\.fileDescriptor),
        writable: screen.outputDescriptor, milliseconds: waitMilliseconds)
      try takeKeys()
      for worker in workers { worker.deliver() }
      tellProgress()
      send(
        .tick(
          nowMilliseconds: SessionClock.monotonicMilliseconds,
          wallMilliseconds: SessionClock.wallMilliseconds))
      followErasures()
    }
  }

  private var workers: [StoreWorker] { [acts, pages, scans] }

  private var waitMilliseconds: Int64 {
    let now = SessionClock.monotonicMilliseconds
    var wait: Int64 = 1000
    if scans.isBusy { wait = 100 }
    if !state.flags.erasing.isEmpty { wait = min(wait, Self.erasureMilliseconds) }
    if let deadline = screen.deadlineMilliseconds { wait = min(wait, deadline - now) }
    return max(0, wait)
  }

  private func takeKeys() throws(SessionError) {
    let keys: [KeyPress]
    do {
      keys = try screen.readKeys(nowMilliseconds: SessionClock.monotonicMilliseconds)
    } catch { throw .terminal(error) }
    for key in keys { send(.key(key)) }
  }

  func send(_ message: DeskMessage) {
    for effect in update(&state, message) { run(effect) }
  }

  private func present() throws(SessionError) {
    let grid = view(state, screen.size)
    if grid != drawn {
      screen.draw(grid)
      drawn = grid
    }
    do { try screen.flush() } catch { throw .terminal(error) }
  }

  private func tellProgress() {
    let progress = scanning.progress
    guard progress != shownProgress else { return }
    shownProgress = progress
    send(.verifying(progress))
  }

  /// Finds out which of the erasures that were ordered here are done.
  private func followErasures() {
    let now = SessionClock.monotonicMilliseconds
    let clips = state.flags.erasing
    guard !clips.isEmpty, now >= looksForErasuresAtMilliseconds else { return }
    looksForErasuresAtMilliseconds = now + Self.erasureMilliseconds
    if now >= ringsAtMilliseconds {
      ringsAtMilliseconds = now + Self.ringMilliseconds
      helper.start()
    }
    acts.submit { store throws(StoreError) in
      try store.closures(among: clips)
    } completion: { [weak self] result in
      guard let self, case .success(let closures) = result else { return }
      let done = clips.filter { closures[$0] == .erased }
      if !done.isEmpty { send(.erased(done)) }
    }
  }

  /// Restores the terminal and waits for acts that are not on disk yet; what only reads ends with
  /// the process.
  private func leave() {
    screen.close()
    acts.drain(milliseconds: 10_000)
    guard !scans.isBusy, !pages.isBusy else { return }
    acts.submit { store throws(StoreError) in
      try store.close()
    } completion: { _ in
      // What was done is on disk; the next one to open the store folds its log in.
    }
    acts.drain(milliseconds: 10_000)
  }
}
