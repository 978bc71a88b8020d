// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Vocabulary

@Suite struct PlainValueTests {
  @Test func clipIDsReadBackAndRefuseAllElse() {
    let id = ClipID(high: 0x0123_4567_89AB_CDEF, low: 7)
    #expect(id.text == "0123456789abcdef0000000000000007")
    #expect(ClipID(text: id.text) == id)
    for wrong in [
      "", "0123", id.text + "0", id.text.uppercased(), "../../../../../../etc/passwd00000",
    ] {
      #expect(ClipID(text: wrong) == nil)
    }
  }

  @Test func clockCutsAndNeverGoesNegative() {
    #expect(MediaTime(milliseconds: 67_890).clock == "1:07.8")
    #expect(MediaTime(milliseconds: -5).clock == "0:00.0")
  }

  @Test func timelineRefusesTimesThatDoNotRise() {
    func frame(_ milliseconds: Int64) -> TimelineFrame {
      TimelineFrame(time: MediaTime(milliseconds: milliseconds), motion: 0, movedEighths: 0)
    }
    var timeline = Timeline(expectedDuration: .zero)
    let late = timeline.append(frame(5))
    #expect(!late, "the first frame is at zero")
    for (time, taken) in [(0, true), (40, true), (40, false), (39, false), (80, true)] {
      let accepted = timeline.append(frame(Int64(time)))
      #expect(accepted == taken)
    }
    #expect(timeline.frameIndex(at: MediaTime(milliseconds: 79)) == 1)
    #expect(timeline.frameIndex(at: MediaTime(milliseconds: 80)) == 2)
    #expect(timeline.frameIndex(at: MediaTime(milliseconds: -1)) == 0)
  }

  @Test func hostileTextShowsHarmlessly() {
    let hostile = "a\u{1B}[2J\u{202E}b\u{200B}c\n\u{0301}日\u{7F}"
    let shown = DisplayText.line(hostile, limit: 80)
    #expect(shown == "a·[2Jbc···")
    #expect(DisplayText.line("abcdef", limit: 4) == "abc…")
    #expect(DisplayText.line("Grüße", limit: 9) == "Grüße")
  }

  @Test func greysMustRise() {
    let soft = (0..<32).map { UInt8($0) }
    let frosted = (0..<6).map { UInt8($0 * 9) }
    #expect(GreyScale(soft: soft, frosted: frosted, strict: [0, 1, 2, 3]) != nil)
    #expect(GreyScale(soft: soft, frosted: frosted, strict: [0, 1, 1, 3]) == nil)
    #expect(GreyScale(soft: soft, frosted: frosted, strict: [0, 1, 2]) == nil)
    #expect(GreyScale.even[.soft].count == 32)
  }

  @Test func aClipTakenInWithEightGreysKeepsSixOfThem() throws {
    let soft = (0..<32).map { "\($0)" }.joined(separator: ",")
    func scale(_ frosted: String) throws -> GreyScale {
      try JSONDecoder().decode(
        GreyScale.self,
        from: Data(#"{"soft":[\#(soft)],"frosted":[\#(frosted)],"strict":[0,1,2,3]}"#.utf8))
    }
    #expect(try scale("1,2,3,4,5,6,7,8").frosted == [1, 2, 4, 5, 7, 8])
    #expect(try scale("1,2,4,5,7,8").frosted == [1, 2, 4, 5, 7, 8])
    #expect(throws: DecodingError.self) { try scale("1,2,3,4,5,6,7") }
  }

  @Test func holdsAreCountedFromZero() {
    #expect(Frost.frosted.holdIndex(at: MediaTime(milliseconds: 499)) == 0)
    #expect(Frost.frosted.holdIndex(at: MediaTime(milliseconds: 500)) == 1)
    #expect(Frost.strict.holdIndex(at: MediaTime(milliseconds: -1)) == 0)
    #expect(Frost.clear.holdIndex(at: MediaTime(milliseconds: 9000)) == 0)
  }

  @Test(arguments: [
    ("level_2", "person", AlertVerdict.trueAlarm), ("level_2", "", .missed),
    ("level_1", "person", .undetermined), ("level_0", "person", .nuisance),
    ("level_0", "animal", .false), ("level_0", "", .undetermined),
  ])
  func alertVerdictIsDerived(level: String, alert: String, expected: AlertVerdict) {
    let taxonomy = LabelHistoryTests.taxonomy
    var sheet = LabelSheet()
    for id in ["person", level] {
      sheet.apply(.set(TermID(id), isConfirmation: false), ordinal: 0, taxonomy: taxonomy)
    }
    let camera = CameraAlert(label: alert, score: nil, model: "")
    #expect(AlertVerdict(sheet: sheet, alert: camera, taxonomy: taxonomy) == expected)
  }
}
