// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// Keys that are held down: what was typed is all followed before the screen is drawn again.
@Suite("Held keys")
struct AutoRepeatTests {
  private static let count = 500

  private func send(_ key: String, _ seat: Seat, count: Int = count) {
    seat.program.send(String(repeating: key, count: count))
  }

  private func seat() throws -> Seat {
    let vault = try TestVault.mixed()
    try vault.demand(["policy", "edit", "notes=true"])
    let seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.program.waitForIdle()
    return seat
  }

  /// Each key's first press makes another state than the second, so that what is left tells whether all
  /// of them counted.
  @Test("500 presses of a label end where they must, after a few redraws")
  func labels() throws {
    let seat = try seat()
    let before = seat.program.output.count
    send("v", seat, count: Self.count + 1)
    seat.program.send(".")
    try seat.waitFor("║ 0:00.1")
    try seat.waitFor("● v vehicle")
    // The mark of the vehicle was drawn each time the screen was: far from once a press.
    let marks = ShownMarks.areDim(seat.program.output[before...]).count
    #expect((1...60).contains(marks), "\(marks)")
    try seat.wait { ShownMarks.areDim(seat.program.output[before...]).last == false }
    #expect(try seat.leave())
  }

  /// Each with what must be on the screen afterwards, and what leads back to the clip.
  @Test(
    "500 presses of any key that stays on the clip",
    arguments: [
      (".", "║ 0:01.9 /", ""), (",", "║ 0:00.0 /", ""), ("l", "║ 0:01.9 /", ""),
      ("h", "║ 0:00.0 /", ""), ("\u{1B}[C", "║ 0:01.9 /", ""), ("\u{1B}[D", "║ 0:00.0 /", ""),
      ("\u{1B}[A", "  4×", "r"), ("\u{1B}[B", "  0.25×", "r"), ("r", "  1×", ""),
      ("e", "║ 0:00.0 / 0:02.0  1×  ", ""), ("W", "No motion before this", ""),
      ("m", "Press the label first", ""), ("\t", "No segment yet", ""),
      ("\u{1B}[3~", "Select a segment first", ""), ("=", "No clip before this one", ""),
      ("u", "There is nothing to take back", ""), ("U", "Nothing to do again", ""),
      ("p", "  p person", ""), ("0", "  0 no call", ""), ("!", "clear already", ""),
      ("H", "space play", ""), ("M", "space play", ""), ("?", "space play", ""),
      ("/", "////", "\u{1B}\u{1B}"), ("G", "space play", ""), (";", "500/200", "\u{1B}"),
      ("\r", "Not committed", ""), ("y", "", "y"), (" ", "", ""),
    ] as [(String, String, String)])
  func stays(key: String, wanted: String, back: String) throws {
    // These two commit, and ";" fills a note: they are judged below.
    guard !["y", ";", " ", "!"].contains(key) else { return }
    let seat = try seat()
    send(key, seat)
    try seat.waitFor(wanted)
    seat.program.send(back)
    #expect(try seat.leave())
  }

  @Test("a held space plays or stands, and a held note key fills the note")
  func fills() throws {
    let seat = try seat()
    send(";", seat)
    try seat.waitFor("200/200")
    seat.program.send("\u{1B}")
    try seat.waitFor("space play")
    send(" ", seat)
    try seat.waitFor("space play")
    #expect(try seat.leave())
  }

  @Test(
    "500 presses of a key that leaves the clip finish with one clip, and never lag behind",
    arguments: [("y", 2), ("-", 1), ("z", 1), ("g", nil), ("j", nil), ("k", 1)] as [(String, Int?)])
  func leaves(key: String, position: Int?) throws {
    let seat = try seat()
    // A commit counts only once the picture was there for a while.
    seat.program.send(",")
    try seat.program.waitForIdle(quietMilliseconds: 400)
    send(key, seat)
    if let position { try seat.waitForClip(position) }
    try seat.program.waitForIdle(quietMilliseconds: 400)
    if let position { #expect(seat.position == position) }
    if let question = ["-": "Skip, because", "z": "Defer until:"][key] {
      try seat.waitFor(question)
      seat.program.send("\u{1B}")
    }
    #expect(try seat.leave())
  }

  @Test("500 presses of the keys that hide, lock and leave do that")
  func hides() throws {
    let seat = try seat()
    send("\u{1B}", seat)
    try seat.waitFor("Blanked")
    seat.program.send(" ")
    try seat.wait { !seat.screen.text.contains("Blanked") }
    send("+", seat)
    try seat.waitFor("solid")
    send("X", seat)
    try seat.waitFor("Withdrawn as sensitive")
    send("Q", seat)
    try seat.waitFor("locked")
    seat.program.send("\r")
    try seat.wait { !seat.screen.text.contains("locked") }
    send("q", seat)
    #expect(try seat.program.waitForExit() == .exited(0))
    #expect(seat.program.isTerminalRestored)
  }
}
