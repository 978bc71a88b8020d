// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary
import Words

@testable import ReviewSession

@Suite struct SummaryTests {
  private func summary(committed: Int, keys: Int, seconds: Int) -> SessionSummary {
    var counts = WorklistCounts()
    counts.due = 3
    counts.done = committed
    return SessionSummary(
      texts: Words.texts(.english), committed: committed, keys: keys, seconds: seconds,
      counts: counts, dailyGoal: 150,
      committedToday: 42)
  }

  @Test func countsPaceAndKeys() {
    var summary = summary(committed: 12, keys: 30, seconds: 360)
    summary.medianKeys = 2
    summary.tenthsPerMinute = 31
    #expect(
      summary.text == """
        12 clips labelled in 6 minutes 0 s (2.0 a minute), 2 keys a clip in the median.
        The last ones: 3.1 a minute.
        Today 42 of 150.
        In the vault: 3 due, 12 done, 0 deferred, 0 skipped, 0 flagged, 0 unreadable.
        """)
  }

  @Test func aSessionWithoutALabelNamesNoPace() {
    let text = summary(committed: 0, keys: 9, seconds: 1).text
    #expect(text.hasPrefix("0 clips labelled in 1 second.\n"))
  }

  @Test func theDayBeginsAtMidnight() {
    let now = SessionClock.wallMilliseconds
    let start = SessionClock.startOfDay(wallMilliseconds: now)
    #expect(start <= now)
    // A day may have 25 hours where clocks are set back.
    #expect(now - start < 25 * 3_600_000)
    #expect(SessionClock.startOfDay(wallMilliseconds: start) == start)
  }

  @Test func aMissingProgramIsNamed() {
    let error = #expect(throws: SessionError.self) {
      try Installation.program("no-such-program")
    }
    #expect(error?.sentence.contains("no-such-program") == true)
    #expect(error?.exitCode == 70)
  }
}
