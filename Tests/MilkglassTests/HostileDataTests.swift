// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// Names and words that mean harm to a terminal.
///
/// `PtyProgram` holds every byte of these sessions against the grammar.
@Suite("Hostile data")
struct HostileDataTests {
  /// What validation lets through as printable: text that reorders, hides, piles up, is wide.
  private static let sly = "\u{202E}evil\u{200B}\u{2066}z\u{301}\u{301}\u{301}日\u{1F600}\u{FEFF}"
  /// What it does not.
  private static let open = "\u{1B}]52;c;aGk=\u{7}\u{9B}31m\u{1B}[5i\u{1B}_Ga=T;\u{1B}\\\u{85}\r\n"

  @Test("a vault full of hostile names is reviewed with odd keys, and no byte leaves the grammar")
  func session() throws {
    for (size, environment) in [
      (CellSize(columns: 120, rows: 36), ["TERM": "xterm-256color"]),
      (CellSize(columns: 80, rows: 24), ["TERM": "linux", "NO_COLOR": "1"]),
    ] {
      // One each: random keys may finish with its only clip.
      let seat = try Seat(
        try hostileVault(), size: size, environment: environment, options: ["--picture", "ascii"])
      try seat.wait { seat.screen.text.contains("evil") }
      var random = SeededGenerator(seed: 5)
      for _ in 0..<40 {
        seat.program.send(Self.oddKeys.randomElement(using: &random) ?? " ")
        try seat.program.waitForIdle(quietMilliseconds: 5)
      }
      for key in ["\u{1B}", "\u{1B}", " ", "?", "\u{1B}", "/", "\u{1B}", "-", "\u{1B}"] {
        seat.program.send(key)
        try seat.program.waitForIdle(quietMilliseconds: 40)
      }
      // Whatever screen that ended on, these lead out of it.
      for _ in 0..<10 where seat.program.exitStatus == nil {
        for key in ["\u{1B}", "q", "q"] {
          seat.program.send(key)
          try seat.program.waitForIdle()
        }
      }
      #expect(try seat.program.waitForExit() == .exited(0) && seat.program.isTerminalRestored)
    }
  }

  @Test("in plain lines no name and no key brings a sequence out")
  func plainLines() throws {
    let seat = try PlainSeat(try hostileVault())
    try seat.hear("evil")
    var random = SeededGenerator(seed: 6)
    for _ in 0..<40 {
      seat.program.send(Self.oddKeys.randomElement(using: &random) ?? " ")
      try seat.program.waitForIdle(quietMilliseconds: 5)
    }
    for _ in 0..<20 where seat.program.exitStatus == nil {
      for key in ["\u{1B}", "q", "q"] {
        seat.program.send(key)
        try seat.program.waitForIdle()
      }
    }
    #expect(try seat.program.waitForExit() == .exited(0) && seat.program.isTerminalRestored)
    seat.expectPlainBytes()
  }

  @Test("commands say what is wrong with hostile words without sending them")
  func commands() throws {
    let vault = try TestVault.customers()
    try vault.folder.write("bad\u{1B}]0;x\u{7}\u{202E}.mp4", "no clip\n")
    let theme = "\u{1B}]0;x\u{7}.toml"
    try vault.folder.write(theme, "name = \"\u{1B}[5i\"\n")
    let words: [[String]] = [
      ["review", Self.open], ["review", "vault", "--as", Self.open], [Self.open],
      ["review", "vault", "--\(Self.open)"], ["review", "vault", "--as", "r07", "--theme", theme],
      ["labels", "export", "--vault", "vault", "--as", "ada", "--format", Self.open],
      ["labels", "export", "--vault", "vault", "--as", "ada"],
      ["person", "add", Self.open, "--role", "reviewer", "--vault", "vault", "--as", "ada"],
      ["ingest", "--staff-test", "--nobody", "--vault", "vault", "--as", "ada"]
        + ["bad\u{1B}]0;x\u{7}\u{202E}.mp4", "\u{9B}31m.mp4"],
      ["audit", "show", "--vault", "vault", "--as", "olga", "--seat", Self.open],
      ["help", Self.open], ["doctor", "--vault", Self.open], ["--help"],
    ]
    for word in words {
      let program = try PtyProgram(
        ["/usr/bin/env", "-C", vault.folder.path, BuiltProgram.path("milkglass")] + word,
        environment: ProgramRun.environment(vault.folder.path),
        size: CellSize(columns: 100, rows: 40))
      // Some ask for a passphrase first, and drop what was typed before.
      for _ in 0..<300 where program.exitStatus == nil {
        program.send("\r")
        try program.waitForIdle(quietMilliseconds: 100)
      }
      _ = try program.waitForExit()
      #expect(!program.output.isEmpty, "\(word)")
    }
  }

  @Test("a byte outside the grammar fails a test: the check of these sessions is alive")
  func control() throws {
    try withKnownIssue {
      let program = try PtyProgram(
        ["/bin/sh", "-c", "printf '\\033]0;title\\007'"], environment: ["PATH": "/bin"])
      _ = try program.waitForExit()
    } matching: { issue in
      issue.comments.contains { $0.rawValue.contains("outside the grammar") }
    }
  }

  private static let oddKeys: [String] =
    (0x21...0x7E).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    .filter { !"qQX".contains($0) }
    + ["\u{1B}[A", "\u{1B}[B", "\u{1B}[200~\(sly)\u{1B}[201~", "日", "\u{202E}", "\u{9B}31m", "é"]
    + ["\u{1B}]0;x\u{7}", "\u{1B}[<0;1;1M", "\u{0}", "\u{1}", "\u{1B}[5i", "\r", "\u{7F}"]

  /// A vault whose camera, terms, alert and clip names are as hostile as it takes them.
  private func hostileVault() throws -> TestVault {
    let folder = try TestVault.empty()
    let vault = TestVault(in: folder)
    let camera = "cam\(Self.sly)"
    try folder.write(
      "cameras.toml",
      try folder.text("vault/policy/cameras.toml")
        + TestVault.porchCamera.replacing("porch-1", with: camera)
        .replacing("staff = false", with: "staff = true"))
    try vault.demand(["policy", "edit", "--file", "cameras.toml", "--from", "cameras.toml"])
    try folder.write(
      "taxonomy.toml",
      try folder.text("vault/policy/taxonomy.toml")
        .replacing("name = \"vehicle\"", with: "name = \"veh\(Self.sly)\"")
        .replacing("version = \"2026.1\"", with: "version = \"2026.2\""))
    try vault.demand(["policy", "edit", "--file", "taxonomy.toml", "--from", "taxonomy.toml"])
    let file = "clip\(Self.sly).mp4"
    try folder.write(file, try ClipMaker.card(["--size", "160x90", "--seconds", "1"]))
    try TestConsent.write(into: folder)
    let record = "\(TestConsent.folder)/\(TestConsent.staff).json"
    try folder.write(record, try folder.text(record).replacing("\"bench\"", with: "\"\(camera)\""))
    try folder.write(
      "manifest.jsonl",
      """
      {"clip":"\(file)","source":"staff-test","consent":"\(TestConsent.staff)",\
      "camera":"\(camera)","recorded_at":"2026-01-14T22:15:30+01:00",\
      "alert":{"label":"evil\(Self.sly)","score":0.8,"model":"m\(Self.sly)"},\
      "predictions":[{"label":"vehicle","score":0.9}]}

      """)
    try vault.demand(["ingest", "--manifest", "manifest.jsonl", file])
    return vault
  }
}
