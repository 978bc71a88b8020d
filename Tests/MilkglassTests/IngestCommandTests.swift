// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import TestSupport
import Testing

/// Taking clips in by the command line.
@Suite("Ingest")
struct IngestCommandTests {
  private static let ingest = ["ingest", "--vault", "vault", "--as", TestVault.lead]
  private static let staff = ingest + ["--staff-test", "--nobody"]

  @Test("what is no clip that can be played is refused in one sentence, the good ones go in")
  func refusals() throws {
    let folder = try TestVault.empty()
    let card = try ClipMaker.card()
    try folder.write("good.mp4", card)
    try folder.write("twice.mp4", card)
    try folder.write("letter.txt", "Dear Sir or Madam,\nthis is no clip.\n")
    try folder.write("empty.mp4", "")
    try folder.write("sound.mp4", try ClipMaker.soundOnly())
    // Cut inside its index: no frame can be had.
    try folder.write("cut.mp4", Array(card.prefix(card.count / 10)))
    let huge = ["--size", "4098x64", "--seconds", "0.2", "--codec", "mjpeg", "--container", "avi"]
    try folder.write("huge.avi", try ClipMaker.card(huge))
    let long = ["--size", "32x32", "--seconds", "62", "--fps", "1"]
    try folder.write("long.mp4", try ClipMaker.card(long))
    let names = [
      "good.mp4", "twice.mp4", "letter.txt", "empty.mp4", "sound.mp4", "cut.mp4", "huge.avi",
      "long.mp4", "nowhere.mp4", ".",
    ]
    let run = try ProgramRun(Self.staff + names, in: folder)
    #expect(run.code == 65 && run.errors.isEmpty)
    let words = [
      ("twice.mp4", "it is the same as good.mp4"), ("letter.txt", "it is not a video"),
      ("empty.mp4", "it is empty"), ("sound.mp4", "it has sound but no pictures"),
      ("cut.mp4", "it ends before its first picture"), ("huge.avi", "larger than 4096 × 4096"),
      ("long.mp4", "longer than 60 seconds"), ("nowhere.mp4", "there is no such file"),
      (".", "it is a folder"),
    ]
    for (name, reason) in words {
      let lines = run.lines.filter { $0.hasPrefix("\(name) is refused: ") }
      #expect(lines.count == 1 && lines.first?.contains(reason) == true, "\(name): \(run.output)")
      #expect(lines.allSatisfy { $0.hasSuffix(".") && !$0.dropFirst(2).contains(". ") })
    }
    #expect(run.lines.count == words.count + 2)
    #expect(run.lines.contains("1 clip taken in, 9 refused."))
    #expect(run.lines.last == "Next: milkglass review vault")
    #expect(try Self.clipCount(folder) == 1)
    let again = try ProgramRun(Self.staff + ["good.mp4"], in: folder)
    #expect(again.code == 65 && again.output.contains("it is the same as clip "))
  }

  @Test("a staff test clip comes from a staff camera only")
  func staffCamera() throws {
    let folder = try TestVault.empty()
    try folder.write("good.mp4", try ClipMaker.card())
    for camera in ["porch-1", "nowhere"] {
      let run = try ProgramRun(
        Self.staff + ["--camera", camera, "good.mp4"], in: folder)
      #expect(run.code == 65)
      #expect(run.output.contains("camera \"\(camera)\" is not marked staff = true"))
    }
    let run = try ProgramRun(
      Self.staff + ["--camera", "bench", "good.mp4"], in: folder)
    #expect(run.code == 0)
  }

  @Test("a manifest's mistakes are told with line and column, its good lines go in")
  func manifest() throws {
    let folder = try TestVault.empty()
    for (name, codec) in [("a.mp4", "h264"), ("b.mp4", "mpeg4"), ("c.mp4", "hevc")] {
      try folder.write(name, try ClipMaker.card(["--codec", codec]))
    }
    let good =
      "\"source\":\"staff-test\",\"consent\":\"P-bench\",\"camera\":\"bench\","
      + "\"recorded_at\":\"2026-01-14T22:15:30+01:00\",\"alert\":{\"label\":\"x\","
      + "\"score\":0.5,\"model\":\"m\"},\"predictions\":[]"
    try folder.write(
      "manifest.jsonl",
      """
      {"clip":"a.mp4",\(good)}

      {"clip":"b.mp4",\(good),"colour":"red"}
      {"clip":"d.mp4", nonsense

      """)
    try TestConsent.write(into: folder)
    let words = Self.ingest + ["--manifest", "manifest.jsonl", "a.mp4", "b.mp4", "c.mp4"]
    let run = try ProgramRun(words, in: folder)
    #expect(run.code == 65 && run.errors.isEmpty)
    #expect(run.lines.contains { $0.hasPrefix("manifest.jsonl:4:18: ") }, "\(run.output)")
    #expect(
      run.lines.contains {
        $0.contains("b.mp4 is refused: ")
          && $0.contains(/manifest\.jsonl:3:\d+: unknown field "colour"/)
      })
    #expect(
      run.lines.contains { $0.hasPrefix("c.mp4 is refused: manifest.jsonl has no line for it") })
    #expect(run.lines.contains("1 clip taken in, 2 refused; the manifest has 1 bad line."))
    let none = try ProgramRun(Self.ingest + ["--manifest", "nowhere.jsonl", "a.mp4"], in: folder)
    #expect(none.code == 66 && none.lines.count == 1)
  }

  @Test("customers' files go once they are in the vault, unless kept by right; staff files stay")
  func sources() throws {
    let vault = TestVault(in: try TestVault.empty())
    func isThere(_ clip: TestVault.Clip) -> Bool {
      FileManager.default.fileExists(atPath: "\(vault.folder.path)/\(clip.file)")
    }
    func prepare(_ clip: TestVault.Clip) throws -> [String] {
      try vault.folder.write(clip.file, try ClipMaker.card(clip.options))
      try vault.folder.write("manifest.jsonl", clip.manifestLine(alert: "animal"))
      try TestConsent.write(into: vault.folder)
      return ["ingest", "--manifest", "manifest.jsonl", clip.file]
    }
    let card = TestVault.customersCard
    let words = try prepare(card)
    try vault.demand(words + ["--check"])
    #expect(isThere(card))
    try vault.demand(words)
    #expect(!isThere(card))
    try vault.demand(try prepare(TestVault.staffShort))
    #expect(isThere(TestVault.staffShort))
    let kept = TestVault.customersShort
    let keep = try prepare(kept) + ["--keep-source"]
    try vault.demand(["policy", "edit", "keep_source=false"])
    let refused = try vault.run(keep)
    #expect(refused.code == 77 && refused.output.contains("0 clips taken in"), "\(refused.lines)")
    #expect(refused.errors.contains("does not let source files stay"))
    #expect(try vault.clips.count == 2)
    try vault.demand(["policy", "edit", "keep_source=true"])
    try vault.demand(keep)
    #expect(try isThere(kept) && vault.clips.count == 3)
    let log = try vault.demand(["audit", "show", "--kind", "source kept"], as: "olga")
    #expect(log.lines.count == 1)
  }

  @Test("--check tells all the same and changes nothing")
  func check() throws {
    let folder = try TestVault.empty()
    try folder.write("good.mp4", try ClipMaker.card())
    try folder.write("letter.txt", "Dear Sir or Madam")
    let words = Self.staff + ["good.mp4", "letter.txt"]
    let before = try Self.withoutStore(folder)
    let check = try ProgramRun(words + ["--check"], in: folder)
    #expect(check.code == 65)
    #expect(check.lines.last == "1 clip can be taken in, 1 refused; nothing was changed.")
    #expect(try Self.withoutStore(folder) == before)
    // Nor does the store know the clip: it can be taken in, and is no duplicate.
    let run = try ProgramRun(words, in: folder)
    #expect(run.code == 65 && run.lines.first == check.lines.first)
    #expect(try Self.withoutStore(folder) != before)
    let again = try ProgramRun(words + ["--check"], in: folder)
    #expect(again.lines.last == "0 clips can be taken in, 2 refused; nothing was changed.")
  }

  /// The vault's files but the database's own, which counts how often it was opened.
  private static func withoutStore(_ folder: TestFolder) throws -> [String: Data] {
    try folder.contents("vault").filter { !$0.key.hasPrefix("store") }
  }

  @Test("killed half-way it leaves nothing half, and running it again takes in the rest")
  func killed() throws {
    let folder = try TestVault.empty()
    let names = (1...6).map { "\($0).mp4" }
    for (index, name) in names.enumerated() {
      try folder.write(name, try ClipMaker.card(["--size", "64x36", "--fps", "\(index + 5)"]))
    }
    let words = Self.staff + names
    let running = try ProgramRun.Running(words, in: folder)
    while try Self.clipCount(folder) == 0, running.isRunning { usleep(500) }
    #expect(kill(running.processID, SIGKILL) == 0)
    #expect(try running.wait().code == -SIGKILL)
    let again = try ProgramRun(words, in: folder)
    #expect(again.code == 0 || again.code == 65, "\(again.lines)")
    #expect(try Self.clipCount(folder) == names.count)
    let doctor = try ProgramRun(["doctor", "--vault", "vault"], in: folder)
    #expect(doctor.output.contains("key store \(names.count) clips, opens with"))
    let files = try folder.contents("vault").keys
    #expect(files.count > names.count && !files.contains { $0.contains(".incoming") })
    // What the first run took in whole, and only that, is a duplicate now.
    let duplicates = again.lines.count { $0.contains("it is the same as clip ") }
    #expect(duplicates < names.count)
    #expect(
      again.output.contains("\(names.count - duplicates) clip")
        && again.output.contains("taken in"))
    let plain = try Seat(TestVault(in: folder))
    try plain.waitFor("of \(names.count)")
    #expect(try plain.leave())
  }

  private static func clipCount(_ folder: TestFolder) throws -> Int {
    try names(folder, "clips").count
  }

  private static func names(_ folder: TestFolder, _ part: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/vault/\(part)")
      .filter { !$0.hasPrefix(".") }
  }
}
