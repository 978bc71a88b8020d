// SPDX-License-Identifier: Apache-2.0

import StrictTOML
import TestSupport
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct ManifestFileTests {
  private let taxonomy: Taxonomy

  init() throws { taxonomy = try TaxonomyFile.parse(DefaultTaxonomy.text) }

  static let line =
    #"{"clip":"porch-2.mp4","source":"customer-feedback","consent":"CR-7","camera":"porch-2","#
    + #""recorded_at":"2026-01-14T22:15:30+01:00","#
    + #""alert":{"label":"person","score":0.87,"model":"cc-4.1"},"#
    + #""predictions":[{"label":"person","score":0.93},{"label":"level_3","score":1}]}"#

  private func parse(_ text: String) -> Manifest {
    ManifestFile.parse(Array(text.utf8), fileName: "m.jsonl", taxonomy: taxonomy)
  }

  @Test func readsALineWhole() throws {
    let manifest = parse("\n" + Self.line + "\r\n\n")
    #expect(manifest.complaints.isEmpty)
    let entry = try #require(manifest.entries["porch-2.mp4"])
    #expect(entry.source == .customerFeedback && entry.consent == "CR-7" && entry.line == 2)
    #expect(entry.camera == CameraID("porch-2"))
    #expect(entry.recordedAt == "2026-01-14T22:15:30+01:00")
    #expect(entry.alert == CameraAlert(label: "person", score: 0.87, model: "cc-4.1"))
    #expect(
      entry.predictions == [
        Prediction(term: TermID("person"), score: 0.93),
        Prediction(term: TermID("level_3"), score: 1),
      ])
  }

  @Test func passesOverAByteOrderMark() {
    let manifest = parse("\u{FEFF}" + Self.line)
    #expect(manifest.complaints.isEmpty && manifest.entries.count == 1)
  }

  @Test func readsTheLeastAStaffTestClipNeeds() throws {
    let manifest = parse(
      #"{"clip":"ä \u00e9\ud83d\ude00.mp4","source":"staff-test","consent":"P","camera":"b"}"#)
    #expect(manifest.complaints.isEmpty)
    let entry = try #require(manifest.entries["ä é😀.mp4"])
    #expect(entry.recordedAt.isEmpty && entry.predictions.isEmpty && entry.alert.label.isEmpty)
  }

  /// What is replaced in the good line, by what, and what the complaint says there.
  static let mistakes: [(old: String, new: String, message: String)] = [
    (#""clip":"porch-2.mp4","#, "", "\"clip\" is missing"),
    (#""porch-2.mp4""#, "7", "\"clip\" must be a text"),
    ("porch-2.mp4", "a/b.mp4", "without folders"),
    ("porch-2.mp4", "..", "without folders"),
    ("porch-2.mp4", "", "1 to 255 printable"),
    ("porch-2.mp4", "a\\u0000b", "1 to 255 printable"),
    ("porch-2.mp4", "a\\u001bb", "1 to 255 printable"),
    ("customer-feedback", "customer", "\"source\" must be \"customer-feedback\" or \"staff-test\""),
    ("CR-7", "../CR-7", "must be 1 to 64 letters"),
    (#""consent":"CR-7","#, "", "needs the id of a consent record"),
    ("CR-7", "", "needs the id of a consent record"),
    (#"customer-feedback","consent":"CR-7""#, "staff-test\"", "id of a participant record"),
    (#""camera":"porch-2""#, #""camera":"""#, "\"camera\" must be 1 to 255"),
    (#""camera""#, #""kamera""#, "unknown field \"kamera\""),
    ("2026-01-14T22:15:30+01:00", "2026-01-14 22:15", "must be a date and time with zone"),
    ("2026-01-14T", "2026-02-29T", "must be a date and time with zone"),
    ("0.87", "1.01", "from 0 to 1"),
    ("0.87", "-0.1", "from 0 to 1"),
    ("0.87", "\"0.87\"", "from 0 to 1"),
    ("0.93", "null", "from 0 to 1"),
    (#""score":0.93"#, #""scores":0.93"#, "unknown field \"scores\""),
    (#","score":0.93"#, "", "\"score\" is missing"),
    (#"{"label":"person","score":0.93}"#, "[]", "a prediction must be an object"),
    (#""label":"level_3""#, #""label":"level_9""#, "is no term of taxonomy 2026.1"),
    (#""label":"level_3""#, #""label":"person""#, "predicted a second time"),
    (#""alert":{"#, #""alert":{"zone":1,"#, "unknown field \"zone\""),
    (#""alert":{"label":"person","#, #""alert":{"#, "\"label\" is missing"),
    (#""consent":"CR-7""#, #""consent":"CR-7","consent":"CR-8""#, "a second time"),
    ("0.93", "00.93", "must stand here"),
    ("0.93", ".93", "a value must stand here"),
    ("0.93", "1e999", "out of range"),
    ("0.93", "NaN", "a value must stand here"),
    ("CR-7", "CR\t7", "control character"),
    ("CR-7", "CR\\x7", "no such escape"),
    ("CR-7", "\\ud800", "surrogate pair"),
    ("}]}", "}]", "must stand here"),
    ("}]}", "}]}}", "after the value"),
    ("}]}", "}],}", "name in quotes must stand here"),
    (#""CR-7""#, #"'CR-7'"#, "a value must stand here"),
  ]

  @Test(arguments: Self.mistakes.indices) func refusesAMistakeWhereItStands(index: Int) throws {
    let (old, new, message) = Self.mistakes[index]
    let range = try #require(Self.line.firstRange(of: old), "the good line has no \(old)")
    let manifest = parse("\n" + Self.line.replacingCharacters(range, with: new) + "\n")
    #expect(manifest.entries.isEmpty)
    let complaint = try #require(manifest.complaints.first)
    #expect(complaint.message.contains(message), "\(complaint)")
    #expect(complaint.line == 2)
  }

  // MARK: regions

  static let regions =
    #"{"clip":"a.mp4","source":"staff-test","consent":"P","camera":"b","frost":"strict","#
    + #""regions":[{"kind":"face","from":1.2,"until":8.0,"frost":"strict","boxes":["#
    + #"{"at":1.2,"x":0.31,"y":0.2,"width":0.08,"height":0.14},"#
    + #"{"at":2,"x":0,"y":0.5,"width":1,"height":0.5}]},"#
    + #"{"kind":"text","from":0,"until":3600,"boxes":[{"at":0,"x":0,"y":0,"width":0.1,"height":1}]}]}"#

  @Test func readsRegionsAndTheLeastFrost() throws {
    let manifest = parse(Self.regions)
    #expect(manifest.complaints.isEmpty, "\(manifest.complaints)")
    let entry = try #require(manifest.entries["a.mp4"])
    #expect(entry.leastFrost == .strict && entry.regions.count == 2)
    let face = try #require(entry.regions.first)
    #expect(face.kind == .face && face.frost == .strict)
    #expect(
      face.from == MediaTime(milliseconds: 1200) && face.until == MediaTime(milliseconds: 8000))
    #expect(face.keys.map(\.time.microseconds) == [1_200_000, 2_000_000])
    #expect(
      face.keys.map(\.box) == [
        RegionBox(x: 3100, y: 2000, width: 800, height: 1400),
        RegionBox(x: 0, y: 5000, width: 10_000, height: 5000),
      ])
    #expect(entry.regions.last?.frost == .solid)
    let plain = try #require(parse(Self.line).entries["porch-2.mp4"])
    #expect(plain.leastFrost == .clear && plain.regions.isEmpty)
  }

  static let regionMistakes: [(old: String, new: String, message: String)] = [
    (#""frost":"strict","regions""#, #""frost":"clear","regions""#, "it is only ever raised"),
    (#""frost":"strict","regions""#, #""frost":"hard","regions""#, "it is only ever raised"),
    (#""frost":"strict","regions""#, #""frost":3,"regions""#, "must be a text"),
    (#""kind":"face""#, #""kind":"hat""#, "\"kind\" must be one of \"face\", \"person\""),
    (#""kind":"face","#, "", "\"kind\" is missing"),
    (#""kind":"face""#, #""kind":"face","hat":1"#, "unknown field \"hat\""),
    (#""frost":"strict","boxes""#, #""frost":"soft","boxes""#, "\"frost\" of a face must be"),
    (#""kind":"face""#, #""kind":"text""#, "\"frost\" of a text must be \"solid\""),
    (#""until":8.0"#, #""until":1.2"#, "\"until\" must be later than \"from\""),
    (#""until":8.0"#, #""until":1"#, "\"until\" must be later than \"from\""),
    (#""until":8.0,"#, "", "\"until\" is missing"),
    (#""until":8.0"#, #""until":3600.1"#, "must be seconds of the clip, 0 to 3600"),
    (#""until":8.0"#, #""until":1e300"#, "must be seconds of the clip"),
    (#""from":1.2"#, #""from":-1"#, "must be seconds of the clip"),
    (#""from":1.2"#, #""from":"1""#, "must be seconds of the clip"),
    (#""from":1.2"#, #""from":NaN"#, "a value must stand here"),
    (#""at":2"#, #""at":1.2"#, "must rise"), (#""at":2"#, #""at":1"#, "must rise"),
    (#"{"at":2,"#, "{", "\"at\" is missing"),
    (#""x":0.31"#, #""x":1.01"#, "\"x\" must be a share of the picture from 0 to 1"),
    (#""x":0.31"#, #""x":-0.01"#, "must be a share"),
    (#""x":0.31"#, #""x":null"#, "must be a share"),
    (#""x":0.31"#, #""x":0.93"#, "lie within the picture"),
    (#""height":0.14"#, #""height":0.81"#, "lie within the picture"),
    (#""width":0.08"#, #""width":0"#, "must have a width and a height"),
    (#""width":0.08,"#, "", "\"width\" is missing"),
    (#"{"at":0,"x":0,"y":0,"width":0.1,"height":1}"#, "", "has 1 to 240 boxes, not 0"),
    (#"{"at":0,"x":0,"y":0,"width":0.1,"height":1}"#, "7", "a box must be an object"),
    (#"[{"at":0,"x":0,"y":0,"width":0.1,"height":1}]"#, "7", "\"boxes\" must be a list"),
    (#""regions":[{"#, #""regions":[7,{"#, "a region must be an object"),
  ]

  @Test(arguments: Self.regionMistakes.indices)
  func refusesAMistakeInARegionWhereItStands(index: Int) throws {
    let (old, new, message) = Self.regionMistakes[index]
    let range = try #require(Self.regions.firstRange(of: old), "the good line has no \(old)")
    let manifest = parse("\n" + Self.regions.replacingCharacters(range, with: new) + "\n")
    #expect(manifest.entries.isEmpty)
    let complaint = try #require(manifest.complaints.first)
    #expect(complaint.message.contains(message), "\(complaint)")
    #expect(complaint.line == 2 && complaint.column > 1)
  }

  @Test func regionsAndBoxesAreBounded() throws {
    func line(_ regions: String) -> String {
      #"{"clip":"a","source":"staff-test","consent":"P","camera":"b","regions":"# + regions + "}"
    }
    func region(_ count: Int) -> String {
      let boxes = (0..<count).map { "{\"at\":\($0),\"x\":0,\"y\":0,\"width\":1,\"height\":1}" }
      return #"{"kind":"face","from":0,"until":9,"boxes":["# + boxes.joined(separator: ",") + "]}"
    }
    #expect(parse(line("[\(region(240))]")).complaints.isEmpty)
    #expect(
      try #require(parse(line("[\(region(241))]")).complaints.first).message
        == "a region has 1 to 240 boxes, not 241")
    func many(_ count: Int) -> String {
      "[" + Array(repeating: region(1), count: count).joined(separator: ",") + "]"
    }
    #expect(parse(line(many(32))).entries["a"]?.regions.count == 32)
    #expect(
      try #require(parse(line(many(33))).complaints.first).message
        == "there are more than 32 regions")
  }

  @Test func columnsPointAtTheMistake() throws {
    let text = #"{"clip":"ä€.mp4","source":"staff","camera":"b"}"#
    let complaint = try #require(parse(text).complaints.first)
    #expect(complaint.description.hasPrefix("m.jsonl:1:18: \"source\" must be"))
    let syntax = try #require(parse(#"{"clip":"ä€.mp4",!}"#).complaints.first)
    #expect(syntax.description.hasPrefix("m.jsonl:1:18: a field's name"))
    let notUTF8 = ManifestFile.parse(
      Array(#"{"clip":""#.utf8) + [0xFF] + Array(#""}"#.utf8), fileName: "m", taxonomy: taxonomy)
    #expect(try #require(notUTF8.complaints.first).description == "m:1:9: the text is not UTF-8")
  }

  @Test func badLinesDoNotHinderGoodOnesAndNameTheirClip() throws {
    let bad = Self.line.replacing("0.87", with: "2")
    let other = bad.replacing("porch-2.mp4", with: "other.mp4")
    let manifest = parse([other, Self.line, "{", Self.line].joined(separator: "\n"))
    #expect(manifest.complaints.map(\.line) == [1, 3, 4])
    #expect(manifest.complaints.last?.message == "clip \"porch-2.mp4\" is on line 2 too")
    #expect(manifest.complaintsByClip["other.mp4"]?.line == 1)
    #expect(manifest.entries["porch-2.mp4"]?.line == 2)
  }

  @Test func sizesAreBounded() throws {
    let deep = String(repeating: "[", count: 30_000) + String(repeating: "]", count: 30_000)
    #expect(try #require(parse(deep).complaints.first).message.contains("nested more than 16"))
    let long = Self.line.replacing("CR-7", with: String(repeating: "x", count: 70_000))
    #expect(try #require(parse(long).complaints.first).message.contains("longer than 64 KiB"))
    let many = parse(String(repeating: "x\n", count: 1000))
    #expect(many.complaints.count == ManifestFile.complaintLimit)
  }

  @Test func mutatedManifestsNeverTrapAndComplainWithinTheText() {
    var random = SeededGenerator(seed: 2026)
    let good = Array((Self.line + "\n" + Self.regions).utf8)
    #expect(ManifestFile.parse(good, fileName: "m", taxonomy: taxonomy).complaints.isEmpty)
    var refused = 0
    for _ in 0..<5000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
      let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
      let manifest = ManifestFile.parse(bytes, fileName: "m", taxonomy: taxonomy)
      refused += manifest.complaints.count
      for complaint in manifest.complaints {
        let isInside = (1...lines.count).contains(complaint.line)
        #expect(isInside)
        guard isInside else { continue }
        #expect((1...lines[complaint.line - 1].count + 1).contains(complaint.column))
      }
    }
    #expect(refused > 1000)
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let at = Int.random(in: 0..<max(1, bytes.count), using: &random)
    guard at < bytes.count else { return }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: at)
    case 2: bytes.insert("{}[]\",:\\u0-e\n".utf8.randomElement(using: &random) ?? 0, at: at)
    case 3: bytes.removeSubrange(at..<min(bytes.count, at + 20))
    default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 40)], at: at)
    }
  }

  @Test(arguments: [
    ("2026-01-14T22:15:30Z", true), ("2024-02-29t00:00:00.123456789+14:00", true),
    ("2000-02-29T23:59:60-00:00", true), ("1900-02-29T00:00:00Z", false),
    ("2026-13-01T00:00:00Z", false), ("2026-04-31T00:00:00Z", false),
    ("2026-01-14T24:00:00Z", false), ("2026-01-14T22:15:30", false), ("", false),
    ("٢٠٢٦-01-14T22:15:30Z", false), ("2026-01-14T22:15:30+01:60", false),
    ("2026-01-14T22:15:30.Z", false), ("2026-01-14T22:15:30Z ", false),
    ("2026-00-14T22:15:30Z", false), ("2026-01-00T22:15:30Z", false),
  ]) func timesAreCheckedToTheDay(text: String, isValid: Bool) {
    #expect(Timestamp.isValid(text) == isValid)
  }

  @Test func timesAreWrittenInUTC() {
    #expect(Timestamp.text(milliseconds: 1_768_425_330_250) == "2026-01-14T21:15:30.250Z")
    #expect(Timestamp.text(milliseconds: 1_768_425_330_258) == "2026-01-14T21:15:30.258Z")
    #expect(Timestamp.text(milliseconds: .max) == "9999-12-31T23:59:59.999Z")
    #expect(Timestamp.text(milliseconds: .min) == "1970-01-01T00:00:00.000Z")
    #expect(Timestamp.text(milliseconds: 0) == "1970-01-01T00:00:00.000Z")
    #expect(Timestamp.text(seconds: 1_768_425_330) == "2026-01-14T21:15:30Z")
  }
}
