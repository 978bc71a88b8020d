// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// Looks at customers' clips, judged by what is on the terminal and by the log.
@Suite("Looks")
struct LookScreenTests {
  /// A vault with two customers' clips and rules of its own.
  private static func vault(_ rules: [String]) throws -> TestVault {
    let vault = try TestVault.customers()
    if !rules.isEmpty { try vault.demand(["policy", "edit"] + rules) }
    return vault
  }

  /// Sits down before the first clip, paused at its start; each look is asked for by a test's own keys.
  private static func seat(_ vault: TestVault, isResumed: Bool = false) throws -> Seat {
    let seat = try Seat(vault)
    try seat.waitForFrostedStart(isResumed: isResumed)
    return seat
  }

  @Test("! clears the picture for its time and no longer, and both are in the log")
  func clearsAndEnds() throws {
    // Long enough for any machine; that it ends by itself is what counts.
    let vault = try Self.vault(["look_milliseconds=3000", "look_clip_seconds=60"])
    let seat = try Self.seat(vault)
    let frosted = seat.picture
    seat.program.send("!")
    try seat.wait { seat.picture.hasHue }
    #expect(seat.screen.rowText(0).contains("□ clear · customer clip"))
    try seat.wait { seat.picture == frosted }
    #expect(try seat.leave())
    let looks = try LoggedLooks(vault)
    looks.expectWithin(clip: 60_000, hour: 120_000)
    #expect(looks.starts.map { $0.detail["scope"] } == ["whole"])
    #expect(looks.starts.map { $0.detail["frost"] } == ["frosted"])
    #expect(looks.stops.map { $0.detail["why"] } == ["elapsed"])
    #expect(looks.stops.map { $0.count("ms") } == [3000])
    let clear = ShownFrame.expectLogged(try ShownFrame.all(seat), by: looks, scope: .whole)
    #expect(clear > 0)
    #expect(try vault.demand(["audit", "verify"], as: "olga").code == 0)
    #expect(
      String(decoding: seat.program.output, as: UTF8.self).contains("Seen clear in looks: 3.0 s"))
  }

  /// The one order that matters: as long as the log's event is not durable, nothing is clear.
  @Test("while the log cannot be written nothing is shown clear")
  func waitsForTheLog() throws {
    let vault = try Self.vault(["look_milliseconds=5000"])
    let seat = try Self.seat(vault)
    do {
      let hold = try StoreHold(vault)
      seat.program.send("!")
      seat.program.pass(milliseconds: 800)
      #expect(seat.picture.isFrosted)
      _ = consume hold
    }
    try seat.wait { seat.picture.hasHue }
    seat.program.send("\u{1B}")
    try seat.wait { seat.screen.text.contains("Blanked") && !seat.picture.hasHue }
    #expect(try seat.leave())
    let looks = try LoggedLooks(vault)
    #expect(ShownFrame.expectLogged(try ShownFrame.all(seat), by: looks, scope: .whole) > 0)
    #expect(looks.stops.map { $0.detail["why"] } == ["blank"])
  }

  @Test("what cannot be logged is not shown, and one sentence says so")
  func cannotBeLogged() throws {
    let vault = try Self.vault(["look_milliseconds=5000"])
    let seat = try Self.seat(vault)
    do {
      let hold = try StoreHold(vault)
      seat.program.send("!")
      // Longer than the store waits for another process.
      try seat.waitFor("No look: ")
      #expect(seat.picture.isFrosted)
      _ = consume hold
    }
    seat.program.send("!")
    try seat.wait { seat.picture.hasHue }
    #expect(try seat.leave())
    let looks = try LoggedLooks(vault)
    #expect(looks.starts.count == 1)
    #expect(ShownFrame.expectLogged(try ShownFrame.all(seat), by: looks, scope: .whole) > 0)
  }

  /// A terminal is waited for up to five seconds before the next picture goes out; a clear one may not
  /// stand there as long.
  @Test("a terminal that does not answer keeps no clear picture")
  func silentTerminal() throws {
    let vault = try Self.vault(["look_milliseconds=5000"])
    let seat = try Self.seat(vault)
    seat.program.answersStatus = false
    seat.program.send("!")
    try seat.wait { seat.picture.hasHue }
    // The answer to the clear picture is still owed.
    seat.program.send("\u{1B}[O")
    try seat.program.waitUntil(.seconds(4)) { _ in !seat.picture.hasHue }
    seat.program.answersStatus = true
    try seat.wait { seat.picture.isFrosted && seat.picture.colours.count > 3 }
    #expect(try seat.leave())
    #expect(try LoggedLooks(vault).stops.map { $0.detail["why"] } == ["unfocused"])
  }

  @Test("a decoder that dies under a look ends it")
  func decoderDies() throws {
    let vault = try Self.vault(["look_milliseconds=5000"])
    let seat = try Self.seat(vault)
    seat.program.send("!")
    try seat.wait { seat.picture.hasHue }
    let decoder = try #require(ProcessTree.decoders(of: seat.program.processID).first)
    #expect(kill(decoder.id, SIGKILL) == 0)
    try seat.waitFor("This clip cannot be played")
    #expect(!seat.picture.hasHue)
    #expect(try seat.leave())
    #expect(try LoggedLooks(vault).stops.map { $0.detail["why"] } == ["failed"])
  }

  @Test(
    "as sixel pictures nothing of it stays either, whether they are sent whole or in parts",
    arguments: [TerminalPersonality.xtermSixel, .foot], [LookScope.whole, .lens])
  func sixel(personality: TerminalPersonality, scope: LookScope) throws {
    let vault = try Self.vault([
      "look=\(scope.rawValue)", "look_milliseconds=5000", "look_clip_seconds=60",
    ])
    let seat = try Seat(vault, options: ["--picture", "sixel"], personality: personality)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.program.waitForIdle(quietMilliseconds: 500)
    let frosted = Self.pixels(seat).last
    #expect(frosted.contains { $0 != nil } && !Self.hasHue(frosted))
    seat.program.send("!")
    // Whenever one looks: on a busy machine it may be over by then.
    try seat.wait { Self.pixels(seat).wasHued }
    for _ in 0..<3 {
      seat.program.send(scope == .lens ? "\u{1B}[C" : ".")
      seat.program.pass(milliseconds: 150)
    }
    if scope == .whole { seat.program.send(",,,,") }
    try seat.wait {
      guard seat.screen.text.contains("look ▮") else { return false }
      let pixels = Self.pixels(seat).last
      return !Self.hasHue(pixels) && pixels.count { $0 != nil } == frosted.count { $0 != nil }
    }
    #expect(try seat.leave())
  }

  /// The pane's pixels after all sixel pictures of a stream, and whether there was ever a hue.
  private static func pixels(_ seat: Seat) -> (last: [UInt32?], wasHued: Bool) {
    var wasHued = false
    var screen = SixelScreen(size: seat.size, cell: PixelSize(width: 8, height: 16))
    let output = seat.program.output
    let begin = Array("\u{1B}P0;1;0q".utf8)
    var at = 0
    while let start = output[at...].indices.first(where: {
      output[$0] == 0x1B && output[$0...].starts(with: begin)
    }) {
      // The cursor's place stands before it, and the picture goes to its terminator.
      guard let place = output[..<start].lastIndex(of: 0x1B),
        let end = output[(start + 1)...].firstIndex(of: 0x1B), end + 1 < output.count
      else { break }
      // A picture that was cut leaves nobody knows what: all must be drawn again after it.
      if (try? screen.write(Array(output[place...end + 1]))) == nil {
        screen = SixelScreen(size: seat.size, cell: PixelSize(width: 8, height: 16))
      }
      wasHued = wasHued || hasHue(screen.pixels)
      at = end + 2
    }
    return (screen.pixels, wasHued)
  }

  private static func hasHue(_ pixels: [UInt32?]) -> Bool {
    pixels.contains { pixel in
      guard let pixel else { return false }
      let parts = [pixel >> 16 & 0xFF, pixel >> 8 & 0xFF, pixel & 0xFF]
      return (parts.max() ?? 0) - (parts.min() ?? 0) > 24
    }
  }

  @Test(
    "whatever leaves the picture ends the look at once, and nothing of it stays",
    arguments: [
      ("?", "Play", "screen"), ("/", "Worklist", "screen"), ("E", "picture", "screen"),
      ("-", "Skip, because", "prompt"), ("q", "This session", "leave"),
      ("\u{1B}", "Blanked", "blank"),
      ("X", "Withdrawn", "flag"), ("Q", "unlock", "lock"), ("j", "clip 2 of", "walk"),
      ("\u{1B}[O", "look ▮", "unfocused"),
    ])
  func endsAtOnce(keys: String, text: String, why: String) throws {
    let vault = try Self.vault(["look_milliseconds=5000", "look_clip_seconds=60"])
    let seat = try Self.seat(vault)
    seat.program.send("!")
    try seat.wait { seat.picture.hasHue }
    seat.program.send(keys)
    try seat.wait { seat.screen.text.contains(text) && !seat.picture.hasHue }
    try seat.program.waitForIdle(quietMilliseconds: 300)
    seat.program.send("\u{1B}")
    try seat.program.waitForIdle(quietMilliseconds: 300)
    #expect(!seat.picture.hasHue)
    if why == "lock" {
      seat.program.send("\r")
      try seat.waitFor("all keys")
    }
    #expect(try seat.leave())
    let looks = try LoggedLooks(vault)
    #expect(looks.stops.map { $0.detail["why"] } == [why])
    #expect((looks.stops.first?.count("ms") ?? 9999) < 5000)
  }

  @Test("another size, and ^Z, end it too")
  func resizedAndSuspended() throws {
    let vault = try Self.vault(["look_milliseconds=5000", "look_clip_seconds=60"])
    let seat = try Self.seat(vault)
    seat.program.send("!")
    try seat.wait { seat.picture.hasHue }
    seat.program.resize(CellSize(columns: 110, rows: 36))
    try seat.wait {
      !Picture(seat.screen, CellRect(column: 0, row: 2, columns: 80, rows: 29)).hasHue
    }
    seat.program.resize(seat.size)
    try seat.wait { seat.picture.isFrosted && seat.picture.colours.count > 3 }
    seat.program.send("!")
    try seat.wait { seat.picture.hasHue }
    // Nobody waits for it here, so that the system goes on with it at once.
    seat.program.send("\u{1A}")
    try seat.wait { seat.picture.isFrosted && seat.picture.colours.count > 3 }
    #expect(try seat.leave())
    #expect(try LoggedLooks(vault).stops.map { $0.detail["why"] } == ["resized", "suspended"])
  }

  @Test("through a lens a third is clear across and down, and the arrows move it")
  func lens() throws {
    let vault = try Self.vault(["look=lens", "look_milliseconds=5000", "look_clip_seconds=60"])
    let seat = try Self.seat(vault)
    let frosted = seat.picture
    seat.program.send("!")
    try seat.wait { seat.picture.hasHue }
    try seat.waitFor("lens: ← → ↑ ↓ move")
    let middle = seat.picture
    #expect(middle.isClearThroughLens)
    // Outside of it every sample is what it was.
    let changed = middle.samples.indices.flatMap { row in
      middle.samples[row].indices.filter { middle.samples[row][$0] != frosted.samples[row][$0] }
    }
    #expect(!changed.isEmpty && changed.count < frosted.samples.count * 90 / 8)
    seat.program.send("\u{1B}[C\u{1B}[C\u{1B}[C")
    try seat.wait { seat.picture.hasHue && seat.picture != middle }
    #expect(seat.picture.isClearThroughLens)
    seat.program.send("\r")
    try seat.wait { seat.picture == frosted }
    #expect(seat.position == 1)
    #expect(try seat.leave())
    let looks = try LoggedLooks(vault)
    #expect(looks.starts.map { $0.detail["scope"] } == ["lens"])
    #expect(looks.stops.map { $0.detail["why"] } == ["key"])
    #expect(ShownFrame.expectLogged(try ShownFrame.all(seat), by: looks, scope: .lens) > 0)
  }

  @Test("a spent clip and a spent hour stay frosted, also in a session that begins anew")
  func budgets() throws {
    let vault = try Self.vault([
      "look_milliseconds=1000", "look_clip_seconds=2", "look_hour_seconds=3",
    ])
    var seat = try Self.seat(vault)
    var presses = 0
    while !seat.screen.text.contains("of looks are spent"), presses < 20 {
      seat.program.send("!")
      presses += 1
      try seat.wait { !seat.screen.rowText(0).contains("clear") }
      try seat.program.waitForIdle(quietMilliseconds: 300)
    }
    #expect(seat.screen.text.contains("This clip's 2 s of looks are spent: it stays frosted"))
    seat.program.send("j")
    try seat.waitForClip(2)
    try seat.wait { seat.picture.colours.count > 3 }
    seat.program.send("!")
    try seat.program.waitForIdle(quietMilliseconds: 1500)
    #expect(try seat.leave())
    // The process is another, the hour the same.
    seat = try Seat(vault)
    try seat.wait { seat.position != nil && seat.picture.colours.count > 3 }
    seat.program.send("!")
    try seat.waitFor("No look left this hour: z defers, more in")
    seat.program.send("z")
    try seat.waitFor("Deferred until looks are left")
    #expect(try seat.leave())
    let looks = try LoggedLooks(vault)
    looks.expectWithin(clip: 2000, hour: 3000)
    #expect(looks.stops.reduce(0) { $0 + $1.count("ms") } == 3000)
  }

  /// Whenever it dies, what was shown clear is in the log, and counts in full.
  @Test("killed at any instant it gives no time away")
  func killed() throws {
    let vault = try Self.vault([
      "look_milliseconds=700", "look_clip_seconds=60", "look_hour_seconds=3600",
    ])
    var random = SeededGenerator(seed: 11)
    var (clear, starts) = (0, 0)
    for round in 0..<8 {
      let seat = try Self.seat(vault, isResumed: round > 0)
      seat.program.send("!")
      seat.program.pass(
        milliseconds: [0, 2, 5, 10, 20, 60, 200, 500][round % 8]
          + Int.random(in: 0...8, using: &random))
      seat.program.signal(SIGKILL)
      _ = try seat.program.waitForExit()
      let frames = try ShownFrame.all(seat)
      let next = try Seat(vault)
      try next.waitForClip(1)
      #expect(try next.leave())
      let looks = try LoggedLooks(vault)
      looks.expectWithin(clip: 60_000, hour: 3_600_000)
      let isClear = frames.contains { $0.picture.hasHue }
      clear += isClear ? 1 : 0
      #expect(!isClear || looks.starts.count > starts, "shown clear, and not in the log")
      if looks.starts.count > starts, let stop = looks.stops.last {
        #expect(
          stop.detail["why"] == "interrupted" && stop.count("ms") == 700
            || stop.detail["why"] == "elapsed")
      }
      starts = looks.starts.count
    }
    #expect(starts > 0 && clear > 0)
    #expect(try vault.demand(["audit", "verify"], as: "olga").code == 0)
  }

  /// Any keys in any order: every clear picture has its look in the log, and no budget is passed.
  @Test("no keys whatever show more than the log grants", arguments: [LookScope.whole, .lens])
  func anyKeys(scope: LookScope) throws {
    let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"
    var clear = 0
    // Ten sequences a session, each session with seconds of its own to spend; more of them where a
    // busy machine showed few clear pictures.
    for session in 0..<(isSoak ? 50 : 12) where isSoak || session < 3 || clear <= 10 {
      let rules = [
        "look=\(scope.rawValue)", "look_milliseconds=\([400, 1000, 250][session % 3])",
        "look_clip_seconds=\([5, 4, 3][session % 3])",
        "look_hour_seconds=\([9, 5, 4][session % 3])",
      ]
      let vault = try Self.vault(rules)
      let seat = try Self.seat(vault)
      var random = SeededGenerator(seed: UInt64(session * 2 + (scope == .lens ? 1 : 0)))
      var typed: [String] = []
      do {
        for _ in 0..<10 { try Self.type(seat, &random, &typed) }
        seat.program.send("\u{1B} ")
        try seat.program.waitUntilInputIsRead()
        try seat.wait { seat.screen.text.contains("all keys") }
        seat.program.pass(milliseconds: 1200)
        // A contact sheet that comes late takes the first q for itself.
        seat.program.send("q")
        try? seat.program.waitUntil(.seconds(3)) { $0.text.contains("This session") }
        if seat.screen.text.contains("This session") { seat.program.send("\u{1B}") }
        try seat.wait { seat.screen.text.contains("all keys") }
        #expect(try seat.leave())
      } catch {
        Issue.record("session \(session), after \(typed.suffix(12)): \(error)")
        return
      }
      let looks = try LoggedLooks(vault)
      looks.expectWithin(
        clip: Int64([5, 4, 3][session % 3]) * 1000, hour: Int64([9, 5, 4][session % 3]) * 1000)
      clear += ShownFrame.expectLogged(try ShownFrame.all(seat), by: looks, scope: scope)
    }
    #expect(clear > 10, "only \(clear) clear pictures")
  }

  /// Types a look and six keys after it, which it adds to what was typed.
  private static func type(
    _ seat: Seat, _ random: inout SeededGenerator, _ typed: inout [String]
  ) throws {
    let keys = [
      "!", "!", "!", "!", " ", ",", ".", "h", "l", "w", "\u{1B}[A", "\u{1B}[B", "\u{1B}[C",
      "\u{1B}[D", "p",
      "j", "k", "g", "?x", "/\u{1B}", "E\u{1B}", "G\u{1B}", "-\u{1B}", "c\u{1B}", "q\u{1B}",
      "\u{1B} ",
      "Xu", "Q", "\u{1B}[O", "\u{1B}[I", "\r", "u",
    ]
    seat.program.send("!")
    for _ in 0..<6 {
      guard let key = keys.randomElement(using: &random) else { return }
      // An escape that is not decided yet would make another key of it.
      if key == "Q" {
        try seat.program.waitUntilInputIsRead()
        seat.program.pass(milliseconds: 200)
      }
      typed.append(key)
      seat.program.send(key)
      if key == "Q" {
        try seat.waitFor("enter unlocks")
        seat.program.send("\r")
        try seat.wait { !seat.screen.text.contains("enter unlocks") }
      }
      seat.program.pass(milliseconds: Int.random(in: 0...120, using: &random))
    }
  }

  @Test("+ frosts at once, and the clip stays so for that reviewer alone")
  func moreFrost() throws {
    let vault = try Self.vault([])
    let seat = try Self.seat(vault)
    let frosted = seat.picture
    seat.program.send("+")
    try seat.wait { seat.screen.rowText(0).contains("strict") && seat.picture != frosted }
    #expect(seat.picture.isFrosted && seat.picture.columnEdges < frosted.columnEdges)
    // A strict clip is looked at for a reason.
    seat.program.send("!")
    try seat.waitFor("Look, because:")
    seat.program.send("1")
    try seat.wait { seat.picture.hasHue }
    try seat.wait { !seat.picture.hasHue && seat.screen.rowText(0).contains("strict") }
    #expect(try seat.leave())
    let again = try Seat(vault)
    try again.waitForClip(1)
    try again.wait { again.screen.rowText(0).contains("strict") && again.picture.colours.count > 2 }
    #expect(again.screen.text.contains("frost: raised by you"))
    #expect(try again.leave())
    let other = try Seat(vault, reviewer: "r08")
    try other.waitForClip(1)
    try other.wait { other.screen.rowText(0).contains("frosted") }
    #expect(try other.leave())
    #expect(try LoggedLooks(vault).starts.map { $0.detail["why"] } == ["person"])
  }
}
