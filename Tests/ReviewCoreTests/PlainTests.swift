// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Vocabulary
import Words

@testable import ReviewCore

/// A session in plain lines, heard message by message.
struct Listener {
  var desk: Desk
  private var teller: PlainTeller
  /// All that was said, in order.
  private(set) var all = ""

  init(_ language: Language = .english, vaultNote: String = "") {
    desk = Desk(vaultNote: vaultNote, language: language)
    desk.state.isPlain = true
    teller = PlainTeller(desk.state)
  }

  /// Whether the session may count the clip as seen.
  var hasTold: Bool { desk.state.clip.map { teller.hasTold($0.id) } ?? false }

  mutating func send(_ message: Message, mayTellClip: Bool = true) -> String {
    desk.send(message)
    let said = teller.tell(desk.state, after: message, mayTellClip: mayTellClip)
    all += said
    return said
  }

  mutating func open(
    _ number: UInt64 = 1, _ predictions: [(String, Double)] = [], timeline: Timeline? = nil,
    events: [LabelEvent] = [], room: String = "", camera: String? = nil
  ) -> String {
    var record = Desk.record(
      number, predictions: predictions.map { Prediction(term: TermID($0.0), score: $0.1) })
    if let camera { record.camera = CameraID(camera) }
    let said = send(
      .clipOpened(
        OpenedClip(
          record: record, events: events, timeline: timeline ?? Desk.timeline(),
          position: Int(number), frost: .frosted, frostReason: "unknown camera", room: room)))
    guard hasTold else { return said }
    return said + shown()
  }

  mutating func shown() -> String {
    let id = desk.state.clip?.id ?? Desk.id(0)
    let said = send(.firstPictureShown(id, nowMilliseconds: desk.now))
    desk.now += 1000
    return said
  }

  mutating func press(_ key: KeyPress, after milliseconds: Int64 = 800) -> String {
    desk.now += milliseconds
    return send(
      .key(key, nowMilliseconds: desk.now, wallMilliseconds: 1_790_000_000_000 + desk.now))
  }

  mutating func type(_ keys: String) -> String {
    keys.map { key in
      switch key {
      case "⏎": press(.enter)
      case "⎋": press(.escape)
      case "⇥": press(.tab)
      default: press(.character(key))
      }
    }.joined()
  }

  mutating func store() -> String {
    guard let clip = desk.state.clip else { return "" }
    return send(.stored(clip.id, throughOrdinal: clip.history.nextOrdinal - 1))
  }
}

@Suite("Plain lines") struct PlainTests {
  @Test func aClipIsToldOnceItIsKnown() {
    var listener = Listener()
    let opening = listener.open(
      3, [("animal", 0.82), ("level_0", 0.6)], timeline: Desk.timeline(20, isComplete: false),
      room: "porch")
    #expect(
      opening == """
        Clip 3 of 3: porch-2, room porch, 14 Jan 22:15, new, customer clip.
        Frost: frosted, unknown camera.
        The camera's alert: animal 82 %.
        Predicted: animal 82 %, no call for service 60 %.

        """)
    #expect(!listener.hasTold)
    for frame in Desk.frames().dropFirst(20) {
      #expect(listener.send(.timeline(Desk.id(3), frame)) == "")
    }
    let rest = listener.send(
      .timelineComplete(Desk.id(3), duration: MediaTime(milliseconds: 10_000)))
    #expect(
      rest == """
        Length 0:10. Moves from 0:02 to 0:03, strongest at 0:03, all over the picture. \
        Moves from 0:06 to 0:07, strongest at 0:07, all over the picture.
        y confirms animal, 0 no call for service, and commits.
        enter needs what moved (or c), alarm level.

        """)
    #expect(listener.hasTold && listener.shown() == "")
    #expect(listener.desk.state.clip?.player.isPlaying == false)
    #expect(listener.send(.tick(nowMilliseconds: listener.desk.now + 60_000)) == "")
  }

  @Test func aLabelIsToldOnceItIsOnTheDisk() {
    var listener = Listener()
    _ = listener.open()
    #expect(listener.type("p") == "")
    #expect(listener.store() == "person: set\nenter needs alarm level.\n")
    #expect(listener.type("2") == "")
    #expect(listener.store() == "2 human presence, intent unknown: set\nenter commits.\n")
    _ = listener.type("3")
    #expect(listener.store() == "3 threat to property: set\n", "its level goes without saying")
    _ = listener.type("p")
    #expect(
      listener.store() == "person: taken away\nenter needs what moved (or c).\n")
  }

  @Test func whatDoesNotReachTheDiskIsNeverSaidToBeSet() {
    var listener = Listener()
    _ = listener.open()
    _ = listener.type("p")
    let said = listener.send(.storeFailed(Desk.id(1), sentence: "disk full.", lostCount: 1))
    #expect(said == "Not stored: disk full.\n")
    #expect(!listener.all.contains("person: set"))
  }

  @Test func theNextClipIsToldOnceTheOneBeforeIsCommitted() {
    var listener = Listener()
    _ = listener.open()
    _ = listener.type("p2")
    _ = listener.store()
    #expect(listener.type("⏎") == "")
    let first = Desk.id(1)
    #expect(listener.open(2) == "")
    let said = listener.send(.stored(first, throughOrdinal: 2))
    #expect(said.hasPrefix("Committed: 1 in this session.\nClip 2 of 2: porch-2"), "\(said)")
  }

  @Test func nothingOfAClipIsToldBeforeItMayBe() {
    var listener = Listener()
    let record = Desk.record(1)
    let opened = OpenedClip(
      record: record, events: [], timeline: Desk.timeline(), position: 1, frost: .frosted,
      frostReason: "")
    #expect(listener.send(.clipOpened(opened), mayTellClip: false) == "")
    let tick = Message.tick(nowMilliseconds: listener.desk.now)
    #expect(listener.send(tick, mayTellClip: false) == "" && !listener.hasTold)
    #expect(listener.send(tick).contains("porch-2") && listener.hasTold)
  }

  @Test func whatNeedsAPictureSaysThatThereIsNone() {
    var listener = Listener()
    _ = listener.open()
    for key in ["!", "E", "G", "R", "r", "e"] {
      #expect(
        listener.type(key) == "No picture here, so \(key) does nothing: space says the clip again\n"
      )
      #expect(listener.desk.state.mode == .review && !listener.desk.state.hasLook)
    }
    #expect(listener.press(.up).contains("does nothing"))
    #expect(listener.desk.state.picture == .none && listener.desk.state.shownFrost == .solid)
  }

  @Test func questionsAreToldWithTheirAnswers() {
    var listener = Listener()
    _ = listener.open()
    let asked = listener.type("c")
    #expect(asked.hasPrefix("Cannot judge, because:\n1: dark\n2: frosted\n"), "\(asked)")
    #expect(asked.hasSuffix("1–5 reason, esc back\n"))
    #expect(listener.type(" ") == asked, "space says it again")
    #expect(listener.type("⎋") == "Back to clip 1.\n")
    _ = listener.type("c1")
    #expect(listener.store() == "cannot judge: dark: set\nenter commits.\n")
  }

  @Test func blankSaysSoAndSpaceReturns() {
    var listener = Listener()
    _ = listener.open()
    #expect(listener.type("⎋") == "Blanked: space returns, paused\n")
    #expect(listener.type("p?") == "")
    #expect(listener.type(" ") == "Back to clip 1.\n")
  }

  @Test func placesAndSegmentsAreTold() {
    var listener = Listener()
    _ = listener.open()
    #expect(listener.type("w") == "At 0:03.0 of 0:10.0, in motion.\n")
    _ = listener.type("t")
    _ = listener.store()
    #expect(listener.type("m") == "transit begins here: m where it ends\n")
    #expect(listener.store().hasPrefix("segment transit from 0:03.0, no end yet: set\n"))
    #expect(listener.type("l") == "At 0:04.0 of 0:10.0.\n")
    _ = listener.type("m")
    #expect(listener.store().hasPrefix("segment transit from 0:03.0 to 0:04.0: set\n"))
    #expect(listener.type("⇥") == "move begin of transit, 0:03.0\n")
    #expect(listener.type(",") == "move begin of transit, 0:02.9\n")
  }

  @Test func theKeyListNamesWhatWorksHere() {
    var listener = Listener()
    _ = listener.open()
    let keys = listener.type("?")
    #expect(keys.contains("\nspace: say again\n") && keys.contains("\np: person\n"))
    #expect(!keys.contains("look (logged)") && !keys.contains("contact sheet"))
    #expect(listener.desk.state.mode == .review, "it lies over nothing")
    _ = listener.type("p")
    #expect(listener.store().hasPrefix("person: set"), "the next key counts")
  }

  @Test func theLockSaysNothingOfTheClip() {
    var listener = Listener(vaultNote: "no passphrases: demo only")
    listener.desk.state.lockRules = LockRules(hasPassphrase: true)
    _ = listener.open()
    let locked = listener.type("Q")
    #expect(locked.hasPrefix("Locked: r07 at seat-3.\nType the passphrase"), "\(locked)")
    #expect(!locked.contains("porch") && locked.contains("demo only"))
    #expect(listener.send(.lock(.typed(isAnything: true))) == "", "nothing of it is shown")
    #expect(listener.send(.lock(.entered)) == "looking whether it opens…\n")
    let refused = listener.send(.lock(.refused("This is not r07's passphrase.", isWrong: true)))
    #expect(refused == "This is not r07's passphrase.\nanother try in 1 s\n")
    #expect(listener.send(.tick(nowMilliseconds: listener.desk.now + 2000)).hasPrefix("Type the"))
    _ = listener.send(.lock(.typed(isAnything: true)))
    _ = listener.send(.lock(.entered))
    #expect(listener.send(.lock(.unlocked)) == "Unlocked.\n")
    #expect(listener.open().contains("Clip 1 of 1"), "it is told anew")
  }

  @Test func everySentenceIsTheLanguages() {
    var listener = Listener(.german)
    #expect(
      listener.open(1, [("animal", 0.9), ("level_0", 0.8)]) == """
        Clip 1 von 1: porch-2, 14.1. 22:15, neu, Kundenclip.
        Frost: matt, unknown camera.
        Alarm der Kamera: animal 82 %.
        Vorhergesagt: animal 90 %, no call for service 80 %.
        Dauer 0:10. Bewegung von 0:02 bis 0:03, am stärksten bei 0:03, im ganzen Bild. \
        Bewegung von 0:06 bis 0:07, am stärksten bei 0:07, im ganzen Bild.
        y bestätigt animal, 0 no call for service und schließt ab.
        enter braucht noch was sich bewegt (oder c), die Alarmstufe.

        """)
  }

  @Test func hostileNamesAreHarmless() {
    var listener = Listener()
    let said = listener.open(
      camera: "\u{1B}]52;c;aGk=\u{7}\u{9B}31m\r\n\u{8}\u{202E}x")
    #expect(said.contains("]52"), "the control: its name is told")
    #expect(
      said.unicodeScalars.allSatisfy { $0 == "\n" || DisplayText.isOneCell($0.value) })
    #expect(said.split(separator: "\n").first?.hasPrefix("Clip 1 of 1: ") == true)
  }
}

/// Typed lines, as a terminal shows them after their echo.
@Suite("Typed plain lines") struct PlainFieldTests {
  /// The last row after characters and backspaces, and where the cursor stands.
  static func row(_ text: String) -> (String, Int) {
    var row: [Unicode.Scalar] = []
    var cursor = 0
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": (row, cursor) = ([], 0)
      case "\u{8}": cursor -= 1
      default:
        if cursor < row.count { row[cursor] = scalar } else { row.append(scalar) }
        cursor += 1
      }
    }
    while row.last == " ", row.count > cursor { row.removeLast() }
    return (String(String.UnicodeScalarView(row)), cursor)
  }

  @Test func anyEditShowsTheLineAsItIs() {
    let keys: [KeyPress] = [
      .character("a"), .character("b"), .character("ä"), .character(" "), .left, .right, .home,
      .end, .backspace, .delete, .eraseWord, .eraseLine, .character("x"), .character("y"),
    ]
    var random = SeededGenerator(seed: 7)
    for _ in 0..<50 {
      var line = LineEditor("", limit: 30)
      var field = PlainField("Note: ", line.text, cursor: line.cursor)
      var out = field.whole
      for _ in 0..<60 {
        _ = line.press(keys.randomElement(using: &random) ?? .left)
        let next = PlainField("Note: ", line.text, cursor: line.cursor)
        out += next.echo(after: field)
        field = next
        let (row, cursor) = Self.row(out)
        #expect(cursor == 6 + line.cursor)
        #expect(trimmed(row) == trimmed("Note: " + line.text))
      }
      #expect(!out.contains("\n"))
    }
  }

  private func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }

  @Test func aNoteIsEchoedAndANoticeDoesNotTearIt() {
    var listener = Listener()
    listener.desk.state.reviewRules.allowsNotes = true
    _ = listener.open()
    let asked = listener.type(";")
    #expect(asked.hasSuffix("\nNote: "), "\(asked)")
    #expect(listener.type("hi") == "hi")
    #expect(listener.press(.backspace) == "\u{8} \u{8}")
    #expect(listener.send(.notice(Notice("Look here"))) == "\nLook here\nNote: h")
    #expect(listener.type("⏎") == "\nNote kept: u takes it back\n")
    #expect(listener.store() == "Note: h\n")
  }

  @Test func aSearchIsEchoedAndItsMistakesAreTold() {
    var listener = Listener()
    _ = listener.open()
    let opened = listener.type("/")
    #expect(opened.hasPrefix("Worklist: ") && opened.contains("/ search"), "\(opened)")
    #expect(listener.type("/") == "search: ")
    #expect(listener.type("camera") == "camera")
    _ = listener.type("s:porch")
    let wrong = listener.type("⏎")
    #expect(wrong == "\nAt 1: there is no cameras\nsearch: cameras:porch", "\(wrong)")
    #expect(listener.type("⎋") == "\n")
  }
}
