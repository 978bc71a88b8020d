// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import TestSupport
import Testing
import Vocabulary

@testable import TerminalScreen

@Suite("What waits for the terminal")
struct OutputQueueTests {
  private static let sixel = Array("\u{1B}[3;5H\u{1B}Pq\"1;1;8;6#1;2;10;20;30#1!8~-\u{1B}\\".utf8)
  private static let cells = Array(
    "\u{1B}[2;3H\u{1B}[38;2;1;2;3m▄▄\u{1B}[48;5;12m█\u{1B}[3;3H▀".utf8)
  private static let kitty = Array(
    ("\u{1B}[3;5H\u{1B}_Ga=T,f=24,t=d,i=7,p=1,q=2,C=1,s=2,v=1,c=1,r=1,m=1;AAAA\u{1B}\\"
      + "\u{1B}_Gm=0;AAAA\u{1B}\\").utf8)

  /// Takes at most so many bytes in all.
  private final class Pipe {
    var bytes: [UInt8] = []
    var room: Int
    init(room: Int = .max) { self.room = room }

    func take(_ more: [UInt8], _ start: Int, piece: Int = .max) -> Int {
      let count = min(more.count - start, room, piece)
      bytes += more[start..<start + count]
      room -= count
      return count
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  private func text(_ bytes: String) -> [UInt8] { Array(bytes.utf8) }

  private func write(_ queue: inout OutputQueue, _ pipe: Pipe) -> Bool {
    let written = queue.write { pipe.take($0, $1) }
    return written.hasAsked
  }

  @Test("whole updates go out in pieces as they are taken, in order")
  func pieces() {
    var random = SeededGenerator(seed: 3)
    var queue = OutputQueue(hasKitty: true)
    let pipe = Pipe()
    queue.append(chrome: text("one"))
    queue.append(picture: Self.cells, chrome: text("two"))
    var asked = false
    while !queue.isEmpty {
      pipe.room = .random(in: 0...7, using: &random)
      asked = write(&queue, pipe) || asked
    }
    let picture = String(decoding: Self.cells, as: UTF8.self)
    #expect(
      pipe.text
        == "\u{1B}[?2026hone\u{1B}[?2026l\u{1B}[?2026htwo\u{1B}7\u{1B}[0m\(picture)\u{1B}[0m\u{1B}8"
        + "\u{1B}[?2026l\u{1B}[5n")
    #expect(asked && !queue.isAsking && !queue.hasChrome && queue.pictureLeft == 0)
  }

  @Test("chrome goes before a picture that was not begun, and behind one that was")
  func order() {
    for begun in [0, 1, 30] {
      var queue = OutputQueue(hasKitty: true)
      let pipe = Pipe(room: begun)
      queue.append(picture: Self.cells)
      #expect(queue.isPictureWaiting)
      _ = write(&queue, pipe)
      #expect(queue.isPictureWaiting == (begun == 0))
      queue.append(chrome: text("first"))
      queue.append(chrome: text("second"))
      pipe.room = .max
      _ = write(&queue, pipe)
      let places = ["first", "second", "▄"].compactMap { pipe.text.firstRange(of: $0)?.lowerBound }
      #expect(places.count == 3 && places[0] < places[1])
      #expect((places[1] < places[2]) == (begun == 0))
    }
    // What stands in one update with a picture is older than what comes later.
    var queue = OutputQueue(hasKitty: true)
    let pipe = Pipe()
    queue.append(picture: Self.cells, chrome: text("old"))
    queue.append(chrome: text("new"))
    _ = write(&queue, pipe)
    #expect(pipe.text.contains(/old.*new/))
  }

  @Test("a picture given up at any byte leaves the terminal in order, and loses nothing else")
  func cut() throws {
    for picture in [Self.sixel, Self.cells, Self.kitty] {
      for chrome in ["", "\u{1B}[1;1Hbefore"] {
        for room in 0..<300 {
          var queue = OutputQueue(hasKitty: true)
          let pipe = Pipe(room: room)
          queue.append(picture: picture, chrome: text(chrome))
          // What is not ASCII tells whether a character was cut and never ended.
          queue.append(chrome: text("\u{1B}[1;9H┃after"))
          var asked = write(&queue, pipe)
          let cut = queue.dropPictures()
          pipe.room = .max
          asked = write(&queue, pipe) || asked
          var checker = OutputGrammar.Checker()
          #expect(checker.check(pipe.bytes) == nil && checker.isWhole, "cut at \(room)")
          #expect(asked == (cut.questions == 0))
          #expect(queue.isEmpty && (!cut.isAny || !queue.dropPictures().isAny))
          let screen = try #require(TerminalModel(size: CellSize(columns: 20, rows: 6)))
          screen.write(text("\u{1B}[5;4H\u{1B}[1m") + pipe.bytes + text("z"))
          #expect(
            screen.rowText(0) == (chrome.isEmpty ? "        ┃afterz" : "before  ┃afterz"),
            "cut at \(room)")
          let pen = screen.cell(column: 14, row: 0)
          #expect(pen.glyph == "z" && pen.background == nil, "cut at \(room)")
        }
      }
    }
  }

  @Test("everything given up at any byte leaves the terminal in order")
  func abandoned() throws {
    for picture in [Self.sixel, Self.cells, Self.kitty] {
      for room in 0..<300 {
        var queue = OutputQueue(hasKitty: true)
        let pipe = Pipe(room: room)
        queue.append(chrome: text("\u{1B}[1;1Hbef─re\u{1B}(0qq\u{1B}(B"))
        queue.append(picture: picture)
        queue.append(picture: picture, chrome: text("more"))
        let asked = write(&queue, pipe)
        let (closing, questions) = queue.abandon()
        #expect(queue.isEmpty && questions <= 2 && (!asked || questions < 2))
        var checker = OutputGrammar.Checker()
        #expect(checker.check(pipe.bytes + closing) == nil && checker.isWhole, "cut at \(room)")
        let screen = try #require(TerminalModel(size: CellSize(columns: 20, rows: 6)))
        screen.write(pipe.bytes + closing + EscapeSequence.overwrite + text("─shell"))
        #expect(screen.rowText(0) == "─shell", "cut at \(room)")
      }
    }
  }
}
