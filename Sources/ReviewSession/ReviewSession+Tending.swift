// SPDX-License-Identifier: Apache-2.0

internal import LabelStore
internal import ReviewCore

/// Has the store do what it put off, a few milliseconds at a time, so that labels are not held up.
extension ReviewSession {
  /// Between two parts the store is free for others.
  private static let pauseMilliseconds: Int64 = 20
  /// How often to look whether there is something.
  private static let idleMilliseconds: Int64 = 10_000

  func tendStore(_ now: Int64) {
    guard now >= tendsAtMilliseconds, !worker.isBusy else { return }
    tendsAtMilliseconds = .max
    worker.submit { store throws(StoreError) in
      try store.tend()
    } completion: { [weak self] result in
      guard let self else { return }
      // What fails here fails louder with the next label.
      let isMore = (try? result.get()) ?? false
      tendsAtMilliseconds =
        SessionClock.monotonicMilliseconds
        + (isMore ? Self.pauseMilliseconds : Self.idleMilliseconds)
      if !isMore { loadWhatIsSettled() }
    }
  }

  /// Rows that were found while clips were still to be ranked are looked for again.
  private func loadWhatIsSettled() {
    guard case .worklist(let screen) = state.mode, let page = screen.page, page.isUnsettled else {
      return
    }
    run(
      .loadRows(
        page.filter, matching: page.query, offset: page.offset, limit: WorklistScreen.pageLength))
  }
}
