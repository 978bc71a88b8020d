// SPDX-License-Identifier: Apache-2.0

import ClipVault
import Foundation
import Testing
import Vocabulary

@Suite struct LabelExportTests {
  private let taxonomy: Taxonomy
  private let record = ClipRecord(
    id: ClipID(high: 0x0123_4567_89AB_CDEF, low: 1), source: .customerFeedback, consent: "CR-7",
    camera: CameraID("porch \"2\""), recordedAt: "2026-01-14T22:15:30+01:00",
    alert: CameraAlert(label: "animal", score: 0.82, model: "cc-4.1"),
    predictions: [
      Prediction(term: TermID("person"), score: 0.93),
      Prediction(term: TermID("level_2"), score: 1),
    ],
    facts: ClipFacts(
      size: PixelSize(width: 640, height: 360), pixelAspect: .one,
      duration: MediaTime(microseconds: 25_033_333), frameCount: 751,
      frameRate: Ratio(30000, 1001), codec: "h264", greys: .even),
    ingestedAtMilliseconds: 0)

  init() throws { taxonomy = try TaxonomyFile.parse(DefaultTaxonomy.text) }

  private func history(_ changes: [LabelChange]) -> LabelHistory {
    let events = changes.enumerated().map { ordinal, change in
      LabelEvent(
        clip: record.id, ordinal: ordinal, reviewer: ReviewerID("r07"),
        atMilliseconds: 1_768_425_330_250 + Int64(ordinal), taxonomyVersion: "2026.1",
        change: change)
    }
    return LabelHistory(events, taxonomy: taxonomy)
  }

  private func moment(_ microseconds: Int64, _ frame: Int) -> Moment {
    Moment(time: MediaTime(microseconds: microseconds), frame: frame)
  }

  @Test func aVerdictIsOneLineOfJSON() throws {
    let box = try #require(RegionBox(x: 3100, y: 2000, width: 800, height: 1400))
    let region = try #require(
      Region(
        kind: .face, from: MediaTime(milliseconds: 1200), until: record.facts.duration,
        keys: [Region.Key(time: MediaTime(milliseconds: 1200), box: box)]))
    let history = history([
      .set(TermID("person"), isConfirmation: true), .set(TermID("package"), isConfirmation: false),
      .set(TermID("loitering"), isConfirmation: false),
      .set(TermID("level_2"), isConfirmation: false), .set(TermID("gone"), isConfirmation: false),
      .openSegment(TermID("loitering"), at: moment(6_200_000, 186)),
      .closeSegment(5, at: moment(14_800_050, 444)),
      .openSegment(TermID("person"), at: moment(20_000_000, 600)), .addRegion(region),
      .addRegion(region), .undo(9), .commit,
    ])
    let line = try #require(
      LabelExport.line(record: record, history: history, taxonomy: taxonomy))
    #expect(
      line
        == #"{"clip":"0123456789abcdef0000000000000001","source":"customer-feedback","#
        + #""camera":"porch \"2\"","recorded_at":"2026-01-14T22:15:30+01:00","#
        + #""taxonomy":"2026.1","reviewer":"r07","committed_at":"2026-01-14T21:15:30.261Z","#
        + #""first_reviewer":null,"second_reviewer":null,"agreement":null,"decided_by":null,"#
        + #""differences":[],"#
        + #""what_moved":["person","package"],"what_happened":["loitering"],"#
        + #""alarm_level":"level_2","other_labels":["gone"],"confirmed_predictions":["person"],"#
        + #""cannot_judge":null,"segments":[{"label":"loitering","start_seconds":6.2,"#
        + #""end_seconds":14.80005,"start_frame":186,"end_frame":444},{"label":"person","#
        + #""start_seconds":20,"end_seconds":25.033333,"start_frame":600,"end_frame":751}],"#
        + #""regions":[{"kind":"face","frost":"frosted","start_seconds":1.2,"#
        + #""end_seconds":25.033333,"x":0.31,"y":0.2,"width":0.08,"height":0.14}],"#
        + #""fps":29.97003,"duration_seconds":25.033333,"frames":751,"#
        + #""alert":{"label":"animal","score":0.82,"model":"cc-4.1"},"alert_verdict":"true","#
        + #""predictions":[{"label":"person","score":0.93},{"label":"level_2","score":1}]}"#)
    #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    // The consent record and the vault's paths stay inside.
    #expect(!line.contains("CR-7"))
  }

  @Test func onlyCommittedVerdictsAreWritten() throws {
    let set = LabelChange.set(TermID("nothing"), isConfirmation: false)
    func line(_ changes: [LabelChange]) -> String? {
      LabelExport.line(record: record, history: history(changes), taxonomy: taxonomy)
    }
    #expect(line([]) == nil)
    #expect(line([set]) == nil)
    #expect(line([set, .commit, .reopen]) == nil)
    #expect(try #require(line([set, .commit])).contains(#""what_moved":["nothing"]"#))
    let correction = try #require(
      line([set, .commit, .set(TermID("person"), isConfirmation: false)]))
    #expect(correction.contains(#""what_moved":["nothing"]"#))
    let dark = try #require(line([.cannotJudge(reason: "dark"), .commit]))
    #expect(dark.contains(#""what_moved":[],"what_happened":[],"alarm_level":null"#))
    #expect(dark.contains(#""cannot_judge":"dark","#))
    #expect(dark.contains(#""alert_verdict":"undetermined""#))
  }

  /// Each change by its reviewer.
  private func line(_ changes: [(String, LabelChange)]) -> String? {
    let events = changes.enumerated().map { ordinal, change in
      LabelEvent(
        clip: record.id, ordinal: ordinal, reviewer: ReviewerID(change.0),
        atMilliseconds: 1_768_425_330_250 + Int64(ordinal), taxonomyVersion: "2026.1",
        change: change.1)
    }
    return LabelExport.line(
      record: record, history: LabelHistory(events, taxonomy: taxonomy), taxonomy: taxonomy)
  }

  @Test func twoVerdictsSayWhoseStandsAndHowTheyAgree() throws {
    func verdict(_ reviewer: String, _ terms: [String]) -> [(String, LabelChange)] {
      terms.map { (reviewer, .set(TermID($0), isConfirmation: false)) } + [(reviewer, .commit)]
    }
    let first = verdict("a", ["person", "level_2"])
    let asked = first + [("a", LabelChange.secondOpinion(.asked))]
    #expect(line(asked) == nil, "a first verdict alone is not settled")
    let agreed = try #require(line(asked + verdict("b", ["person", "transit", "level_2"])))
    #expect(agreed.contains(#""reviewer":"b","#) && agreed.contains(#""agreement":"agreed","#))
    #expect(agreed.contains(#""first_reviewer":"a","second_reviewer":"b","#))
    #expect(agreed.contains(#""differences":["what_happened"],"#))
    let disputed = asked + verdict("b", ["animal", "level_0"])
    #expect(line(disputed) == nil)
    let decided = try #require(line(disputed + [("lead", .adjudicate(.first))]))
    #expect(decided.contains(#""reviewer":"a","#) && decided.contains(#""decided_by":"lead","#))
    #expect(decided.contains(#""agreement":"decided_first","#))
    #expect(decided.contains(#""what_moved":["person"],"#))
    let other = try #require(line(disputed + [("lead", .adjudicate(.second))]))
    #expect(other.contains(#""reviewer":"b","#) && other.contains(#""what_moved":["animal"],"#))
  }

  @Test func hostileTextStaysInsideItsQuotes() throws {
    var hostile = record
    hostile.camera = CameraID("a\"},\n{\\\u{0}\u{2028}\u{1B}[31m")
    hostile.alert = CameraAlert(label: "x", score: .nan, model: "m")
    let history = history([.cannotJudge(reason: "dark"), .commit])
    let line = try #require(
      LabelExport.line(record: hostile, history: history, taxonomy: taxonomy))
    #expect(!line.contains("\n") && !line.contains("\u{1B}"))
    let parsed = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(parsed["camera"] as? String == hostile.camera.text)
    #expect((parsed["alert"] as? [String: Any])?["score"] is NSNull)
  }
}
