// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import TerminalModels
import TestSupport
import Testing

/// A whole session whose decoder program lies.
@Suite("Lying decoder")
struct LyingDecoderSessionTests {
  /// A clip that any decoder plays, with a word in its last box that the lying one obeys.
  private static func clip(_ clip: TestVault.Clip, lie: String) throws -> [UInt8] {
    let word = Array("freelie:\(lie);".utf8)
    let size = UInt32(4 + word.count)
    let length = stride(from: 24, through: 0, by: -8).map { UInt8(size >> UInt32($0) & 255) }
    return try ClipMaker.card(clip.options) + length + word
  }

  /// A vault with clips that were measured by the honest decoder.
  private static func vault(_ clips: [(TestVault.Clip, lie: String)]) throws -> TestVault {
    let folder = try TestVault.empty()
    for (clip, lie) in clips { try folder.write(clip.file, try Self.clip(clip, lie: lie)) }
    try folder.write(
      "manifest.jsonl", clips.map { $0.0.manifestLine(alert: "animal") }.joined())
    try TestConsent.write(into: folder)
    try TestVault.demand(
      ["ingest", "--manifest", "manifest.jsonl"] + clips.map(\.0.file), in: folder)
    return TestVault(in: folder)
  }

  /// The program in a folder of its own, with the lying decoder in the honest one's place.
  private static func install(in folder: TestFolder) throws -> String {
    let place = "\(folder.path)/installed"
    let files = FileManager.default
    try files.createDirectory(atPath: place, withIntermediateDirectories: false)
    for (name, wanted) in [("milkglass", "milkglass"), ("lying-decoder", "milkglass-decoder")] {
      try files.copyItem(atPath: BuiltProgram.path(name), toPath: "\(place)/\(wanted)")
    }
    return "\(place)/milkglass"
  }

  @Test("each lie costs one clip and one sentence; the session goes on")
  func liesCostOneClipEach() throws {
    let vault = try Self.vault([
      (TestVault.staffCard, "value-too-high"), (TestVault.customersCard, "clear"),
      (TestVault.customersShort, "honest"),
    ])
    let seat = try Seat(vault, installedAt: try Self.install(in: vault.folder))
    for (position, words) in [
      (1, "the decoder sent more greys than the frost has"),
      (2, "the decoder sent a clear picture without a grant"),
    ] {
      try seat.waitForClip(position)
      try seat.waitFor("This clip cannot be played")
      try seat.wait { seat.paneWords.contains(words) }
      #expect(!seat.picture.hasHue)
      seat.program.send("g")
    }
    try seat.waitForClip(3)
    seat.program.send("p2")
    try seat.commit()
    #expect(try seat.leave())
    #expect(seat.screen.text.contains("2 unreadable"))
    #expect(try vault.exportedLabels().count == 1)
  }
}
