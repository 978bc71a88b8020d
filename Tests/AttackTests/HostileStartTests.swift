// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import Testing

/// The whole program, started in a hostile environment and given hostile files.
@Suite struct HostileStartTests {
  static let library = BuiltProgram.path("libattack-extension.so")

  // MARK: - Environment

  /// Whoever starts `milkglass` may load a library into it, but not into the program that decodes.
  @Test func aPreloadedLibraryDoesNotReachTheDecoders() throws {
    let seat = try Seat()
    try FileManager.default.copyItem(atPath: Self.library, toPath: "\(seat.folder)/bin/evil.so")
    let mark = "\(seat.folder)/mark"
    // Whoever starts a program on the way to it, as root too, marks the same file.
    let clear = { try Data().write(to: URL(filePath: mark)) }
    try clear()
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: mark)
    let hostile = ["LD_PRELOAD": "\(seat.folder)/bin/evil.so", "MILKGLASS_ATTACK_MARK": mark]
    let control = try Finished(
      seat.words("milkglass-decoder", []), environment: hostile, in: seat.folder)
    #expect(control.code != 0)
    let marked = { try String(contentsOfFile: mark, encoding: .utf8).split(separator: "\n") }
    #expect(try marked().contains("milkglass-decod"), "started by hand it takes the library")
    try clear()
    let (program, processes) = try seat.playing(environment: hostile)
    #expect(!processes.forked.isEmpty)
    program.send("qq")
    _ = try program.waitForExit()
    let names = try marked()
    #expect(names.contains("milkglass"), "the program itself takes the library: \(names)")
    #expect(!names.contains("milkglass-decod"), "\(names)")
  }

  @Test func hostileTerminalDescriptionsAreNotRead() throws {
    let seat = try Seat()
    let folder = "\(seat.folder)/terminfo"
    let source = "\(seat.folder)/evil.ti"
    let evil = #"\E]52;c;ZXZpbA==\007"#
    try Data(
      """
      xterm-256color|evil,
      \tam, cols#80, colors#256, lines#24, clear=\(evil)\\E[H\\E[2J, cup=\(evil)\\E[%i%p1%d;%p2%dH,
      \tcud1=\\n, ed=\\E[J, el=\\E[K, home=\\E[H, smcup=\(evil)\\E[?1049h, rmcup=\\E[?1049l,
      \tsgr0=\\E[m, setaf=\\E[38;5;%p1%dm, setab=\\E[48;5;%p1%dm,

      """.utf8
    ).write(to: URL(filePath: source))
    let tic = try Finished(["/usr/bin/tic", "-x", "-o", folder, source])
    try #require(tic.code == 0, "\(tic.text)")
    let hostile = ["TERMINFO": folder, "TERMINFO_DIRS": folder]
    let control = try Finished(
      ["/usr/bin/tput", "clear"], environment: hostile.merging(["TERM": "xterm-256color"]) { $1 })
    #expect(control.output.contains("\u{1B}]52;"), "the description must be hostile")
    let (program, _) = try seat.playing(environment: hostile)
    program.send("qq")
    _ = try program.waitForExit()
    let text = String(decoding: program.output, as: UTF8.self)
    #expect(!text.contains("\u{1B}]"), "an operating system command reached the terminal")
  }

  @Test(
    arguments: [
      "../../../../etc/passwd", "/etc/passwd", "", "no-such-terminal",
      String(repeating: "x", count: 9000),
      "evil\u{1B}]52;c;AAAA\u{7}",
    ])
  func aHostileTERMEndsInOneSentenceOrWorks(term: String) throws {
    let seat = try Seat()
    let program = try seat.review(environment: ["TERM": term])
    try? program.waitForIdle(quietMilliseconds: 1500)
    if program.exitStatus == nil {
      program.send("qq")
      _ = try program.waitForExit()
    }
    let end = try String(contentsOfFile: "\(seat.folder)/end", encoding: .utf8)
    #expect(end.hasPrefix("exit "), "\(end)")
    #expect(!program.output.contains(sequence: Array("\u{1B}]".utf8)))
  }

  // MARK: - Files

  /// Files that no reader must trust, by name.
  static let hostileTexts: [String: String] = [
    "escapes": "title = \"\u{1B}]52;c;AAAA\u{7}\u{1B}[2J\"\n",
    "nesting": String(repeating: "[", count: 60_000),
    "nothing": "",
    "zeros": String(repeating: "\0", count: 5000),
    "long line": "name = \"" + String(repeating: "a", count: 3 << 20) + "\"\n",
    "keys": (0..<30_000).map { "k\($0) = \($0)\n" }.joined(),
    "bidi": "name = \"\u{202E}gnp.exe\u{2066}\"\n",
  ]

  @Test(arguments: hostileTexts.keys.sorted())
  func hostileThemesAndPoliciesAreRefused(name: String) throws {
    let seat = try Seat(hasClip: false)
    let path = "\(seat.folder)/hostile.toml"
    try Data(try #require(Self.hostileTexts[name]).utf8).write(to: URL(filePath: path))
    for file in ["taxonomy.toml", "cameras.toml", "policy.toml"] {
      let own = try seat.run(
        [
          "policy", "edit", "--file", file, "--from", "vault/policy/\(file)", "--vault", "vault",
          "--as", "ada",
        ])
      #expect(own.code == 0, "its own \(file) is taken: \(own.text)")
      let run = try seat.run(
        ["policy", "edit", "--file", file, "--from", path, "--vault", "vault", "--as", "ada"])
      Self.expectCalm(run, "\(name) as \(file)", mayWork: ["nothing", "bidi"].contains(name))
    }
    let review = try seat.run(["review", "vault", "--as", "ada", "--theme", path])
    Self.expectCalm(review, "\(name) as theme")
  }

  @Test(arguments: ["/dev/zero", "/etc/shadow", "/proc/self/mem", "/", "/nowhere/at/all"])
  func filesThatAreNoneAreRefused(path: String) throws {
    let seat = try Seat(hasClip: false)
    for words in [
      ["policy", "edit", "--file", "taxonomy.toml", "--from", path, "--vault", "vault"],
      ["review", "vault", "--theme", path],
      ["ingest", "--manifest", path, "--vault", "vault", "bin/milkglass"],
      ["ingest", "--staff-test", "--nobody", path, "--vault", "vault"],
    ] {
      Self.expectCalm(try seat.run(words + ["--as", "ada"]), "\(words[0]) \(path)")
    }
  }

  @Test func hostileManifestsAreRefused() throws {
    let seat = try Seat(hasClip: false)
    let lines = [
      "{\"clip\":\"../../../../etc/passwd\",\"source\":\"staff-test\"}\n",
      "{\"clip\":\"/etc/passwd\",\"source\":\"staff-test\",\"consent\":\"x\"}\n",
      "{\"clip\":\"\u{1B}]52;c;AAAA\u{7}\",\"source\":\"staff-test\"}\n",
      "{\"clip\":\"\\u001b]52;c;AAAA\\u0007\",\"source\":\"\\u202e\",\"consent\":\"../../x\"}\n",
      String(repeating: "[", count: 60_000) + "\n",
      "\0\0\0\0\n", "{\"clip\":\"" + String(repeating: "a", count: 2 << 20) + "\"}\n",
    ]
    for (number, line) in lines.enumerated() {
      try Data(line.utf8).write(to: URL(filePath: "\(seat.folder)/clips/manifest.jsonl"))
      let run = try seat.run(
        [
          "ingest", "--manifest", "clips/manifest.jsonl", "clips/../../../etc/passwd", "--vault",
          "vault", "--as", "ada",
        ])
      Self.expectCalm(run, "manifest \(number)")
    }
    let inside = try FileManager.default.contentsOfDirectory(atPath: "\(seat.folder)/vault/clips")
    #expect(inside.filter { !$0.hasPrefix(".") } == [], "nothing was taken in: \(inside)")
  }

  /// A refusal is an exit code and words without control characters; never a crash.
  static func expectCalm(_ run: Finished, _ what: String, mayWork: Bool = false) {
    #expect(
      run.code > 0 || (mayWork && run.code == 0), "\(what): \(run.code) \(run.text.prefix(300))")
    #expect(run.code < 128, "\(what): \(run.code)")
    let controls = run.text.unicodeScalars.filter { $0.value < 32 && $0 != "\n" && $0 != "\t" }
    #expect(controls.isEmpty, "\(what): \(run.text.prefix(300).debugDescription)")
    #expect(!run.text.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{2066}" }, "\(what)")
  }
}

extension [UInt8] {
  /// Whether these bytes stand somewhere in it.
  func contains(sequence: [UInt8]) -> Bool {
    guard !sequence.isEmpty, count >= sequence.count else { return sequence.isEmpty }
    return (0...count - sequence.count).contains { self[$0...].starts(with: sequence) }
  }
}
