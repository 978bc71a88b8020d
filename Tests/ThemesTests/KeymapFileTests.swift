// SPDX-License-Identifier: Apache-2.0

import Foundation
import ReviewCore
import StrictTOML
import Testing
import Themes
import Vocabulary

@Suite("Keymap files") struct KeymapFileTests {
  private func complaint(_ text: String) -> String? {
    do {
      _ = try KeymapFile.parse(text, fileName: "own.toml")
      return nil
    } catch { return error.description }
  }

  private static let taxonomy = Taxonomy(
    version: "1",
    terms: [
      Term(
        id: TermID("person"), axis: .moved, key: "p", name: "person", standard: "",
        isExclusive: false),
      Term(
        id: TermID("odd"), axis: .happened, key: "5", name: "odd", standard: "", isExclusive: false),
    ],
    cannotJudgeKey: "c", cannotJudgeReasons: [], skipReasons: [], keyLines: ["p": 12])

  @Test func theDefaultIsWhatIsBuiltIn() throws {
    let file = try #require(try Keymaps.named("default"))
    #expect(file.keymap == .standard)
    for action in Action.allCases {
      #expect(file.keymap.keys(action) == Keymap.standard.keys(action), "\(action)")
    }
    #expect(try Keymaps.named("nosuch") == nil)
  }

  @Test(arguments: Keymaps.names) func presetsKeepEveryPromise(name: String) throws {
    let keymap = try #require(try Keymaps.named(name)).keymap
    let keys = keymap.bindings.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
    #expect(Set(keymap.bindings.map(\.action)) == Set(Action.allCases))
    #expect(keymap.bindings.allSatisfy { !$0.keys.isEmpty && (1...5).contains($0.name.count) })
    for (key, action) in Keymap.fixed { #expect(keymap.action(key) == action) }
  }

  @Test func presetsDifferAsTheySay() throws {
    let mpv = try #require(try Keymaps.named("mpv-like")).keymap
    #expect(mpv.action(.character("]")) == .faster && mpv.action(.character("{")) == .slower)
    #expect(mpv.action(.backspace) == .normalSpeed && mpv.action(.pageUp) == .nextMotion)
    #expect(mpv.action(.up) == nil && mpv.action(.character(",")) == .frameBack)
    let pad = try #require(try Keymaps.named("numpad")).keymap
    let isPad = [Action.pause, .back5, .forward5, .confirm, .commit, .skip, .worklist, .undo]
      .allSatisfy {
        pad.keys($0).contains { "56789+-*/".map(KeyPress.character).contains($0) || $0 == .enter }
      }
    #expect(isPad)
    #expect((0...4).allSatisfy { pad.action(.character(Character(String($0)))) == nil })
  }

  @Test func readsKeysAndListsOfThem() throws {
    let file = try KeymapFile.parse(
      "preset = \"numpad\"\n[keys]\nloop = \"f2\"\nskip = [\"ö\", \"-\"]\n", fileName: "own.toml")
    #expect(file.keymap.keys(.loop) == [.function(2)])
    #expect(file.keymap.keys(.skip) == [.character("ö"), .character("-")])
    #expect(file.keymap.keys(.confirm) == [.character("+"), .character("y")])
    #expect(file.keymap.action(.character("e")) == nil)
    #expect(try KeymapFile.parse("", fileName: "empty.toml").keymap == .standard)
  }

  @Test func aKeyMayChangeHandsWithinAFile() throws {
    let file = try KeymapFile.parse(
      "[keys]\nundo = \"z\"\ndefer = \"u\"\n", fileName: "own.toml")
    #expect(file.keymap.action(.character("z")) == .undo)
    #expect(file.keymap.action(.character("u")) == .postpone)
  }

  @Test(
    "what is wrong is refused with its lines",
    arguments: [
      (
        "[keys]\nloop = \"f2\"\nundo = \"f2\"\n",
        "own.toml:3:1: key \"f2\" of undo is the key of loop (own.toml:2)"
      ),
      (
        "[keys]\nloop = \"g\"\n",
        "own.toml:2:1: key \"g\" of loop is the key of next_due (default.toml:29)"
      ),
      (
        "preset = \"numpad\"\n[keys]\nloop = [\"f2\", \"5\"]\n",
        "own.toml:3:15: key \"5\" of loop is the key of pause (numpad.toml:9)"
      ),
      (
        "[keys]\nloop = \"q\"\n",
        "own.toml:2:1: key \"q\" of loop is always the key of leave (default.toml:58)"
      ),
      ("[keys]\nlock = \"f9\"\n", "own.toml:2:1: \"lock\" keeps its key \"Q\": list it too"),
      ("[keys]\nblank = \"f9\"\n", "own.toml:2:1: \"blank\" keeps its key \"esc\": list it too"),
      (
        "[keys]\npause = [\"p\"]\n",
        "own.toml:2:1: \"pause\" keeps its key \"space\": list it too"
      ),
      (
        "[keys]\nsensitive = \"f9\"\n",
        "own.toml:2:1: \"sensitive\" keeps its key \"X\": list it too"
      ),
      ("[keys]\nleave = \"f9\"\n", "own.toml:2:1: \"leave\" keeps its key \"q\": list it too"),
      (
        "[keys]\nloop = []\n", "own.toml:2:1: \"loop\" must have one to four keys"
      ),
      (
        "[keys]\nloop = [\"f2\", \"f2\"]\n",
        "own.toml:2:15: \"loop\" has the key \"f2\" twice"
      ),
      ("[keys]\nloop = 5\n", "own.toml:2:1: \"loop\" must be a text in quotes or a list of them"),
      (
        "[keys]\nloop = [5]\n", "own.toml:2:9: element 1 of \"loop\" must be a text in quotes"
      ),
      (
        "preset = \"vim\"\n",
        "own.toml:1:1: there is no preset \"vim\" (known: default, mpv-like, numpad, left-handed)"
      ),
      ("keys = 5\n", "own.toml:1:1: \"keys\" must be a table"),
      ("name = \"x\"\n", "own.toml:1:1: unknown field \"name\" (known here: keys, preset)"),
    ])
  func refusals(text: String, sentence: String) { #expect(complaint(text) == sentence) }

  @Test func unknownActionsAndKeysAreNamed() throws {
    let action = try #require(complaint("[keys]\nexport = \"x\"\n"))
    #expect(action.hasPrefix("own.toml:2:1: unknown field \"export\" (known here: back_1s"))
    for name in [
      "", "ctrl-n", "F1", "f13", "f0", "f01", "ab", "\\u001b", "\\t", "漢", " ", "e\\u0301",
    ] {
      let key = try #require(complaint("[keys]\nloop = \"\(name)\"\n"), "\(name)")
      #expect(key.hasPrefix("own.toml:2:1: there is no key \""), "\(name)")
      #expect(!key.contains("\u{1B}"))
    }
  }

  @Test func labelsKeepTheirKeysAndTheirCapitals() throws {
    func sentence(_ key: String) throws -> String? {
      let file = try KeymapFile.parse("[keys]\nloop = \"\(key)\"\n", fileName: "own.toml")
      do { try file.check(against: Self.taxonomy) } catch { return error.description }
      return nil
    }
    #expect(
      try sentence("p")
        == "own.toml:2:1: key \"p\" of loop is the key of the label \"person\" (taxonomy.toml:12)")
    #expect(
      try sentence("P") == "own.toml:2:1: key \"P\" of loop is in capitals the key of the label "
        + "\"person\" (taxonomy.toml:12)")
    #expect(
      try sentence("c")
        == "own.toml:2:1: key \"c\" of loop is the key of the label \"cannot judge\" (taxonomy.toml)"
    )
    #expect(try sentence("f2") == nil)
    let pad = try #require(try Keymaps.named("numpad"))
    #expect(throws: PolicyFileError.self) { try pad.check(against: Self.taxonomy) }
  }

  @Test func hostileFilesAreOneSentence() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "keymaps-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func sentence(_ name: String) -> String? {
      do { _ = try Keymaps.find(folder.appending(path: name).path) } catch {
        return error.description
      }
      return nil
    }
    try Data(repeating: 0x23, count: 2 << 20).write(to: folder.appending(path: "huge.toml"))
    try Data("[keys]\nloop = \"f2\u{0}\"\n".utf8).write(to: folder.appending(path: "nul.toml"))
    try Data([0xFF, 0xFE]).write(to: folder.appending(path: "bytes.toml"))
    try Data("[keys]\nloop = \"f2\"\n".utf8).write(to: folder.appending(path: "good.toml"))
    try FileManager.default.createDirectory(
      at: folder.appending(path: "folder.toml"), withIntermediateDirectories: true)
    #expect(unsafe mkfifo(folder.appending(path: "fifo.toml").path, 0o600) == 0)
    #expect(sentence("good.toml") == nil)
    #expect(sentence("huge.toml") == "huge.toml: is larger than 1 MiB")
    #expect(sentence("nul.toml") == "nul.toml:2:11: a NUL character is not allowed")
    #expect(sentence("bytes.toml") == "bytes.toml: is not UTF-8 text")
    for name in ["folder.toml", "fifo.toml", "missing.toml"] {
      #expect(sentence(name) == "\(name): cannot be read")
    }
  }
}
