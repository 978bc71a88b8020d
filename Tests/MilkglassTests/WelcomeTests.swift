// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

/// `milkglass` without a command, and the shells' completions.
@Suite("First minutes")
struct WelcomeTests {
  @Test("without a command and without a terminal it says what it is, and ends well")
  func plain() throws {
    let folder = try TestFolder()
    let run = try ProgramRun([], in: folder)
    #expect(run.code == 0 && run.errors.isEmpty)
    for words in ["behind frosted glass", "milkglass demo", "milkglass tour", "milkglass init DIR"]
    {
      #expect(run.output.contains(words))
    }
    #expect(!run.output.contains("Press d") && !run.output.contains("\u{1B}"))
    #expect(run.lines.allSatisfy { $0.count <= 80 })
  }

  private func started(_ folder: TestFolder, _ environment: [String: String] = [:]) throws
    -> PtyProgram
  {
    try PtyProgram(
      [BuiltProgram.path("milkglass")],
      environment: ProgramRun.environment(folder.path).merging(environment) { $1 },
      size: CellSize(columns: 100, rows: 30))
  }

  @Test(
    "at a terminal any other key leaves, and none of it reaches the shell",
    arguments: ["x", "\r", "\u{1B}[A", "\u{3}", "\u{4}", "D"])
  func leaves(key: String) throws {
    let program = try started(try TestFolder())
    try program.waitFor("any other key to leave.")
    program.send(key)
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.isTerminalRestored)
    #expect(!program.output.contains(0x1B))
  }

  @Test("it speaks the reviewer's language")
  func german() throws {
    let program = try started(try TestFolder(), ["LANG": "de_DE.UTF-8"])
    try program.waitFor("jede andere Taste geht.")
    #expect(program.screen.text.contains("in drei Minuten"))
    program.send("x")
    #expect(try program.waitForExit() == .exited(0))
  }

  @Test("d and t start demo and tour", arguments: ["d", "t"])
  func starts(key: String) throws {
    let folder = try TestFolder()
    // A demo's folder that cannot be made: what was started says so, and no clip is drawn.
    try folder.write("data", "")
    let program = try started(folder, ["XDG_DATA_HOME": folder.path + "/data"])
    try program.waitFor("any other key to leave.")
    program.send(key)
    #expect(try program.waitForExit() == .exited(73))
    #expect(program.screen.text.contains("cannot be made; name another"))
    #expect(program.isTerminalRestored)
  }

  @Test("a signal ends the question and gives the terminal back")
  func signalled() throws {
    let program = try started(try TestFolder())
    try program.waitFor("any other key to leave.")
    #expect(!program.isTerminalRestored)
    program.signal(15)
    #expect(try program.waitForExit() == .signalled(15))
    #expect(program.isTerminalRestored)
  }

  @Test("each shell takes its script", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let folder = try TestFolder()
    let run = try ProgramRun(["completions", shell], in: folder)
    #expect(run.code == 0 && run.errors.isEmpty)
    for word in ["review", "left-handed", "colour-blind", "sextant", "auditor"] {
      #expect(run.output.contains(word), "\(word)")
    }
    try folder.write("script", run.output)
    guard
      let path = ["/bin/", "/usr/bin/"].map({ $0 + shell }).first(where: {
        FileManager.default.isExecutableFile(atPath: $0)
      })
    else { return }
    for (text, isGood) in [("script", true), ("broken", false)] {
      try folder.write("broken", "if true; then (\n")
      let process = Process()
      process.executableURL = URL(filePath: path)
      process.arguments = ["-n", "\(folder.path)/\(text)"]
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect((process.terminationStatus == 0) == isGood, "\(path) -n \(text)")
    }
  }

  /// How each shell is asked what it offers for a line that ends in a blank or in the middle of a word.
  private static let asking = [
    "bash": """
    source ./script
    offers() {
      COMP_LINE="$1" COMP_POINT=${#1} COMPREPLY=()
      read -ra COMP_WORDS <<< "$1"
      [[ "$1" == *" " ]] && COMP_WORDS+=("")
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      _milkglass milkglass "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\n' "${COMPREPLY[@]}"
    }
    complete -p milkglass > /dev/null && offers "$1"
    """,
    "fish": "source ./script; complete -C $argv[1] | string split -f 1 \\t",
  ]

  @Test(
    "commands, options and their values are offered",
    arguments: ["bash", "fish"],
    [
      ("milkglass rev", "review"), ("milkglass audit ", "verify"),
      ("milkglass review --pi", "--picture"), ("milkglass review --theme ", "colour-blind"),
    ])
  func offers(shell: String, _ line: (typed: String, offered: String)) throws {
    guard let asking = Self.asking[shell],
      FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)")
    else { return }
    let folder = try TestFolder()
    try folder.write("script", try ProgramRun(["completions", shell], in: folder).output)
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/\(shell)")
    process.arguments = ["-c", asking] + (shell == "bash" ? ["-"] : []) + [line.typed]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path]
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text.split(separator: "\n").contains(Substring(line.offered)), "\(shell): \(text)")
  }

  @Test("a shell that there is no script for is a usage error")
  func otherShell() throws {
    #expect(try ProgramRun(["completions", "csh"], in: try TestFolder()).code == 64)
  }
}
