// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary
import Words

@testable import ReviewCore

/// The screens in every language: nothing is cut, or longer than the place where it stands.
@Suite struct LanguageTests {
  /// What opens each screen, from a clip.
  private static let screens = [
    "", "?", "E", "-", "z", "R", "R⏎", "c", "/", "q", "H", "M", ";", "X", "⎋",
  ]

  @Test(arguments: Language.allCases, screens) func nothingIsCut(
    _ language: Language, _ keys: String
  ) {
    for size in [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)] {
      var english = Desk()
      english.open(1)
      english.type(keys)
      var desk = Desk(language: language)
      desk.open(1)
      desk.type(keys)
      func cuts(_ desk: Desk) -> Int {
        desk.screen(size.columns, size.rows).count { $0 == "…" }
      }
      #expect(
        cuts(desk) <= cuts(english), "\(language) \(keys): \(desk.screen(size.columns, size.rows))")
    }
  }

  /// The rooms that a text must fit, in cells.
  private static let rooms: [(key: any PhraseKey.Type, names: [String], room: Int)] = [
    (KeyListPhrase.self, KeyListPhrase.names, 19),
    (NamePhrase.self, ["clear", "soft", "frosted", "strict", "solid"], 8),
    (NamePhrase.self, ["customer_clip", "staff_clip"], 15),
    (NamePhrase.self, ["short_moved", "short_happened", "short_level"], 8),
    (ViewPhrase.self, ["picture", "drawing", "zoom", "brightness", "contrast", "gamma"], 11),
    (ClipPhrase.self, ["look_bar"], 5),
    (WorklistPhrase.self, ["column_new", "column_draft", "column_deferred", "column_skipped"], 9),
    (WorklistPhrase.self, ["column_done", "column_flagged"], 9),
    (OpinionPhrase.self, ["column_second", "column_waiting", "column_disputed"], 9),
    (LabellingPhrase.self, LabellingPhrase.names, 78), (LookPhrase.self, LookPhrase.names, 78),
    (RegionPhrase.self, RegionPhrase.names, 78), (ShutPhrase.self, ShutPhrase.names, 78),
    (WalkPhrase.self, ["no_other_due", "last", "first", "nothing_to_take_back"], 78),
    (NotePhrase.self, NotePhrase.names, 78), (OpinionPhrase.self, OpinionPhrase.names, 78),
  ]

  @Test(arguments: Language.allCases) func textsFitTheirRooms(_ language: Language) {
    let texts = Words.texts(language)
    for (key, names, room) in Self.rooms {
      for name in names {
        let text = texts.text(key.table, name) ?? ""
        #expect(text.cellCount <= room, "\(language) \(key.table).\(name): \(text)")
      }
    }
  }

  @Test(arguments: Language.allCases) func monthsAreTwelve(_ language: Language) {
    let texts = Words.texts(language)
    #expect(texts(NamePhrase.months).split(separator: " ").count == 12)
    #expect(ReviewCore.Words.date("2026-12-30T22:15", texts).cellCount <= 12)
  }
}
