// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// Keymaps, themes and the mouse in the running program.
@Suite("Keymaps, themes, mouse")
struct KeymapScreenTests {
  private static let small = CellSize(columns: 80, rows: 24)

  @Test("the key list has every preset's keys", arguments: ["mpv-like", "numpad", "left-handed"])
  func presets(name: String) throws {
    let seat = try Seat(try .mixed(), size: Self.small, options: ["--keymap", name])
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    seat.program.send("?")
    try seat.expectScreen("help-\(name)-80x24", withPicture: false)
    seat.program.send("?")
    try seat.waitForClip(1)
    #expect(try seat.leave())
  }

  @Test("a keymap of one's own works, and stands in the hints")
  func own() throws {
    let vault = try TestVault.mixed()
    try vault.folder.write(
      "own.toml", "preset = \"mpv-like\"\n[keys]\nnext_clip = \"f6\"\nskip = [\"insert\", \"ä\"]\n")
    let seat = try Seat(vault, options: ["--keymap", "own.toml"])
    try seat.waitForClip(1)
    seat.program.send("\u{1B}[17~")
    try seat.waitForClip(2)
    try seat.pauseAtStart()
    for key in ["\u{1B}[2~", "ä"] {
      seat.program.send(key)
      try seat.waitFor("Skip, because:")
      seat.program.send("\u{1B}")
      try seat.wait { !seat.screen.text.contains("Skip, because:") }
    }
    #expect(seat.screen.rowText(35).contains("ins skip"))
    seat.program.send("j-")
    try seat.program.waitForIdle(quietMilliseconds: 200)
    #expect(seat.position == 2 && !seat.screen.text.contains("because"))
    #expect(try seat.leave())
  }

  @Test(
    "what is no keymap is refused in one sentence, before the screen",
    arguments: [
      (
        "[keys]\nloop = \"p\"\n",
        "own.toml:2:1: key \"p\" of loop is the key of the label \"person\" (taxonomy.toml:#).",
        Int32(65)
      ),
      (
        "[keys]\nloop = \"F\"\n",
        "own.toml:2:1: key \"F\" of loop is in capitals the key of the label "
          + "\"fighting or assault\" (taxonomy.toml:#).", 65
      ),
      (
        "[keys]\nloop = \"g\"\n",
        "own.toml:2:1: key \"g\" of loop is the key of next_due (default.toml:29).", 65
      ),
      ("", "own.toml: cannot be read.", 66),
    ])
  func refusals(text: String, sentence: String, code: Int32) throws {
    let vault = try TestVault.mixed()
    if text.isEmpty {
      #expect(unsafe mkfifo(vault.folder.path + "/own.toml", 0o600) == 0)
    } else {
      try vault.folder.write("own.toml", text)
    }
    let seat = try Seat(
      vault, size: CellSize(columns: 200, rows: 40), options: ["--keymap", "own.toml"])
    #expect(try seat.program.waitForExit() == .exited(code))
    let output = String(decoding: seat.program.output, as: UTF8.self)
      .replacing(#/taxonomy\.toml:\d+/#, with: "taxonomy.toml:#")
    #expect(output.contains(sentence), "\(output)")
    #expect(!output.contains("\u{1B}[?1049h"))
  }

  @Test("two capitals of labels' letters are told to be Caps Lock")
  func capsLock() throws {
    let seat = try Seat(
      try .mixed(), environment: ["LC_ALL": "de_DE.UTF-8"], language: .german)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    seat.program.send("PN")
    try seat.waitFor("Feststelltaste? Labels sind Kleinbuchstaben")
    #expect(!seat.screen.text.contains("●"))
    #expect(try seat.leave())
  }

  // MARK: - Themes

  /// The cells around the picture.
  private func frame(_ seat: Seat) -> [TerminalModel.ShownCell] {
    let (pane, size) = (seat.pane, seat.size)
    return (0..<size.rows).flatMap { row in
      (0..<size.columns).filter { column in
        let isInPane =
          (pane.row..<pane.row + pane.size.rows).contains(row)
          && (pane.column..<pane.column + pane.size.columns).contains(column)
        return !isInPane
      }.map { seat.screen.cell(column: $0, row: row) }
    }
  }

  private func isLight(_ seat: Seat) -> Bool {
    (seat.screen.cell(column: 1, row: 0).background?.red ?? 0) > 200
  }

  @Test(
    "a theme chosen in the view menu changes colours alone, at once, and stays for the next session"
  )
  func liveTheme() throws {
    let vault = try TestVault.mixed()
    var seat = try Seat(vault)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    let dark = frame(seat)
    #expect(!isLight(seat))
    seat.program.send("Ek")
    try seat.waitFor("← dark →")
    seat.program.send("l")
    try seat.wait { seat.screen.text.contains("← light →") && isLight(seat) }
    seat.program.send("\r")
    try seat.wait { frame(seat).map(\.glyph) == dark.map(\.glyph) }
    let light = frame(seat)
    #expect(zip(light, dark).allSatisfy { $0.background != $1.background })
    #expect(light.map(\.isBold) == dark.map(\.isBold))
    try seat.wait { seat.picture.hasHue }
    // Esc takes it back, whole.
    seat.program.send("Ekh")
    try seat.wait { !isLight(seat) }
    seat.program.send("\u{1B}")
    try seat.wait { frame(seat) == light }
    #expect(try seat.leave())
    for (options, wanted) in [([], true), (["--theme", "dark"], false), ([], true)] {
      seat = try Seat(vault, options: options)
      try seat.waitForClip(1)
      #expect(isLight(seat) == wanted, "\(options)")
      #expect(try seat.leave())
    }
  }

  @Test("a theme of one's own is in the menu behind the others")
  func ownTheme() throws {
    let vault = try TestVault.mixed()
    let roles = StyleRole.allCases.map { "[styles.\($0.name)]\nforeground = \"#00ff00\"\n" }
    try vault.folder.write(
      "own.toml", "name = \"moss\"\nbackground = \"#000000\"\n" + roles.joined())
    let seat = try Seat(vault, options: ["--theme", "own.toml"])
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    seat.program.send("Ek")
    try seat.waitFor("← moss →")
    for name in ["dark", "light", "high-contrast", "colour-blind", "mono", "console", "moss"] {
      seat.program.send("l")
      try seat.waitFor("← \(name) →")
    }
    seat.program.send("\r")
    #expect(try seat.leave())
  }

  // MARK: - The mouse

  private func click(_ seat: Seat, _ column: Int, _ row: Int) {
    seat.program.send("\u{1B}[<0;\(column + 1);\(row + 1)M\u{1B}[<0;\(column + 1);\(row + 1)m")
  }

  private func place(_ text: String, _ seat: Seat) throws -> (column: Int, row: Int) {
    for row in 0..<seat.size.rows {
      let line = seat.screen.rowText(row)
      if let range = line.range(of: text) {
        return (line.distance(from: line.startIndex, to: range.lowerBound), row)
      }
    }
    throw PtyError.timedOut(screen: "no \(text):\n" + seat.screen.text)
  }

  @Test("clicks set labels and seek, the wheel steps, and every mode is given back")
  func mouse() throws {
    let seat = try Seat(try .mixed(), options: ["--mouse"])
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    let label = try place("v vehicle", seat)
    click(seat, label.column, label.row)
    try seat.waitFor("● v vehicle")
    click(seat, seat.size.columns - 2, 31)
    try seat.wait { !seat.isAtStart }
    click(seat, 28, 31)
    try seat.wait { seat.isAtStart }
    seat.program.send("\u{1B}[<65;1;1M")
    try seat.waitFor("║ 0:01.0 /")
    // What no honest terminal sends does nothing, and ends nothing.
    for odd in [
      "\u{1B}[<0;99999;99999M", "\u{1B}[<0;0;0M", "\u{1B}[<35;5;5M", "\u{1B}[<0;9999;9999M",
      "\u{1B}[<;;M", "\u{1B}[M !!", "\u{1B}[<64", "\u{1B}[<0;1;1;1;1;1M", "\u{1B}[<-1;5;5M",
    ] {
      seat.program.send(odd)
    }
    try seat.program.waitForIdle(quietMilliseconds: 1200)
    #expect(seat.screen.text.contains("║ 0:01.0 /"))
    // Blanked and locked it is not listened to.
    seat.program.send("\u{1B}")
    try seat.waitFor("Blanked")
    click(seat, label.column, label.row)
    seat.program.send(" ")
    try seat.waitFor("● v vehicle")
    let before = modes(seat)
    #expect(before == ["?1006h", "?1000h"])
    seat.program.send("Q")
    try seat.waitFor("locked")
    try seat.wait { modes(seat) == before + ["?1000l", "?1006l"] }
    seat.program.send("\r")
    try seat.waitFor("v vehicle")
    try seat.wait { modes(seat).suffix(2) == before }
    #expect(try seat.leave())
    #expect(modes(seat).suffix(2) == ["?1000l", "?1006l"])
  }

  /// The mouse's modes in the order in which they were sent.
  private func modes(_ seat: Seat) -> [String] {
    String(decoding: seat.program.output, as: UTF8.self)
      .matches(of: #/\[(\?100[0-36][hl])/#).map { String($0.output.1) }
  }

  @Test("no mouse is listened to unless it was asked for, and never in a kiosk")
  func noMouse() throws {
    let seat = try Seat(try .mixed())
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    let label = try place("v vehicle", seat)
    click(seat, label.column, label.row)
    try seat.program.waitForIdle(quietMilliseconds: 300)
    #expect(!seat.screen.text.contains("● v vehicle") && modes(seat).isEmpty)
    #expect(try seat.leave())
    let kiosk = try Seat(try .mixed(), options: ["--kiosk", "--mouse"])
    #expect(try kiosk.program.waitForExit() == .exited(64))
    let output = String(decoding: kiosk.program.output, as: UTF8.self)
    #expect(output.contains("A kiosk listens to no mouse: leave --mouse out."))
  }
}
