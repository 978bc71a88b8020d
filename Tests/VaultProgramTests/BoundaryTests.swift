// SPDX-License-Identifier: Apache-2.0
import ClipVault
import Foundation
import GRDB
import PtySupport
import Testing
import Vocabulary

/// The vault in the wrong place, in the wrong state, or in two hands at once.
@Suite struct BoundaryTests {
  // MARK: - A copy of the vault alone

  private static func commands(_ clip: ClipID) -> [[String]] {
    [
      ["ingest", "--staff-test", "--nobody", "new.mp4"], ["labels", "export"],
      ["erase", "--clip", clip.text], ["housekeeping"], ["rekey"], ["audit", "checkpoint"],
      ["consent", "withdraw", "--clip", clip.text], ["policy", "edit", "daily_goal=9"],
      ["person", "add", "nina", "--role", "reviewer"],
    ]
  }

  @Test func aCopyOfTheVaultAloneOpensNothing() throws {
    let box = try VaultBox()
    let clip = try #require(try box.clips().first)
    let fingerprint = try box.vault().fingerprint
    let version = try box.vault().statement.version
    _ = try box.newClip("new.mp4", seconds: "1")
    try FileManager.default.moveItem(
      at: box.folder.file("state"), to: box.folder.file("elsewhere"))
    // A stranger's machine does not believe it at all.
    try Self.expectShut(box, clip, "fingerprint", code: 77)

    // Whoever pins the fingerprint, as anybody may, still has no key.
    let pinned = try ProgramRun(
      ["trust", "--vault", "vault", "--state", "state", "--fingerprint", fingerprint],
      in: box.folder
    ).wait()
    #expect(pinned.code == 0, "\(pinned.text)")
    #expect(try box.run(["policy", "verify"]).code == 0)
    try Self.expectShut(box, clip, "run Milkglass as the account that made the vault", code: 66)
    #expect(try box.clips().count == 4)
    let vault = try box.vault()
    #expect(vault.statement.version == version && vault.people["nina"] == nil)

    // With its state back, it is the vault that it was.
    try box.folder.remove("state")
    try FileManager.default.moveItem(
      at: box.folder.file("elsewhere"), to: box.folder.file("state"))
    #expect(try box.run(["erase", "--clip", clip.text]).code == 0)
  }

  private static func expectShut(
    _ box: VaultBox, _ clip: ClipID, _ words: String, code: Int32
  ) throws {
    for arguments in commands(clip) {
      let end = try box.run(arguments)
      #expect(end.code == code, "\(arguments): \(end.text)")
      #expect(end.output.isEmpty, "\(arguments): \(end.output)")
      let lines = end.errors.split(separator: "\n")
      #expect(lines.count == 1 && end.errors.hasPrefix("milkglass: "), "\(end.errors)")
      #expect(end.errors.contains(words), "\(end.errors)")
    }
    let desk = try Desk(box, as: "ada")
    let status = try desk.program.waitForExit()
    guard case .exited(let shown) = status else {
      Issue.record("review was ended by \(status)")
      return
    }
    #expect(shown == code)
    #expect(!desk.hasPicture)
    let text = String(decoding: desk.program.output, as: UTF8.self)
    #expect(text.contains("milkglass: ") && text.contains(words), "\(text)")
  }

  // MARK: - Versions

  @Test func aNewerStoreIsLeftAlone() throws {
    let box = try VaultBox()
    try box.store { try $0.execute(sql: "PRAGMA user_version = 99") }
    let clip = try #require(try box.clips().first)
    let version = try box.vault().statement.version
    for arguments in Self.commands(clip) {
      let end = try box.run(arguments)
      #expect(end.code != 0, "\(arguments): \(end.text)")
    }
    let end = try box.run(["labels", "export"])
    #expect(end.errors.contains("made by a newer Milkglass"), "\(end.text)")
    #expect(try box.store { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 99)
    #expect(try box.vault().statement.version == version, "what cannot be logged is not done")
    #expect(try box.clips().count == 4)
  }

  @Test func anOlderPolicyIsNotBelievedAgain() throws {
    let box = try VaultBox()
    let yesterday = try VaultBox(copying: box.folder)
    try box.expect(["policy", "edit", "retention_days=3"])
    try box.folder.remove("vault/policy")
    try FileManager.default.copyItem(
      at: yesterday.folder.file("vault/policy"), to: box.folder.file("vault/policy"))
    let end = try box.run(["policy", "verify"])
    #expect(end.code == 65, "\(end.text)")
    #expect(end.errors.contains("version"), "\(end.text)")
    #expect(try yesterday.run(["policy", "verify"]).code == 0)
  }

  // MARK: - Read-only

  /// Whether this account may mount a folder read-only, in a namespace of its own.
  static let canMount: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/unshare")
    process.arguments = ["-m", "--", "/bin/sh", "-c", "mount --bind /tmp /tmp"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(.enabled(if: canMount, "mounting a folder read-only needs root"))
  func aReadOnlyVaultSaysSo() throws {
    let box = try VaultBox()
    let clip = try #require(try box.clips().first)
    _ = try box.newClip("new.mp4", seconds: "1")
    let script = """
      mount --bind vault vault && mount -o remount,ro,bind vault && exec "$0" "$@"
      """
    let changing = [
      ["ingest", "--staff-test", "--nobody", "new.mp4"], ["erase", "--clip", clip.text],
      ["policy", "edit", "daily_goal=9"], ["rekey"],
      ["consent", "withdraw", "--clip", clip.text], ["housekeeping"],
    ]
    for arguments in changing + [["review", "vault"]] {
      let isReview = arguments[0] == "review"
      let program = try PtyProgram(
        [
          "/usr/bin/env", "-C", box.folder.path, "/usr/bin/unshare", "-m", "--", "/bin/sh", "-c",
          script, BuiltProgram.path("milkglass"),
        ] + arguments + (isReview ? [] : ["--vault", "vault"])
          + ["--state", "state", "--as", "ada"],
        environment: ProgramRun.environment(box.folder))
      let status = try program.waitForExit()
      let text = String(decoding: program.output, as: UTF8.self)
      #expect(status != .exited(0), "\(arguments): \(text)")
      #expect(text.contains("milkglass: "), "\(arguments): \(text)")
      #expect(
        ["read-only", "may not be written", "no permission"].contains { text.contains($0) },
        "\(arguments): \(text)")
    }
    #expect(try box.clips().count == 4)
    #expect(try box.run(["policy", "verify"]).code == 0)
    #expect(try box.run(["erase", "--clip", clip.text]).code == 0, "without the mount it works")
  }

  // MARK: - Two at once

  @Test func ingestAndEraseAtOnce() throws {
    let box = try VaultBox()
    for round in 0..<3 {
      _ = try box.newClip("new-\(round).mp4", seconds: "1.\(round + 3)")
      let clip = try #require(try box.clips().first)
      let ingest = try box.start(["ingest", "--staff-test", "--nobody", "new-\(round).mp4"])
      let erase = try box.start(["erase", "--clip", clip.text], as: "cleo")
      try Self.finish(
        ingest, ["ingest", "--staff-test", "--nobody", "new-\(round).mp4"], "ada", box)
      try Self.finish(erase, ["erase", "--clip", clip.text], "cleo", box)
      #expect(try !box.clips().contains(clip))
      #expect(try box.clips().count == 4)
    }
    try Self.expectWhole(box)
  }

  @Test func twoIngestsAtOnce() throws {
    let box = try VaultBox()
    for name in ["one.mp4", "two.mp4"] {
      _ = try box.newClip(name, seconds: name == "one.mp4" ? "1.3" : "1.4")
    }
    // The same clip in both hands is taken in once.
    let hands = [["one.mp4", "two.mp4"], ["two.mp4", "one.mp4"]].map {
      ["ingest", "--staff-test", "--nobody"] + $0
    }
    let runs = try hands.map { try box.start($0) }
    for (run, arguments) in zip(runs, hands) {
      let end = try run.wait()
      #expect([0, 65, 75].contains(end.code), "\(end.text)")
      if end.code == 75 { _ = try box.run(arguments) }
    }
    #expect(try box.clips().count == 6)
    try Self.expectWhole(box)
  }

  /// Waits for a run; where the vault was busy with the other, it says so and does it when asked again.
  private static func finish(
    _ run: ProgramRun, _ arguments: [String], _ name: String, _ box: VaultBox
  ) throws {
    let end = try run.wait()
    if end.code == 75 {
      #expect(end.errors.hasPrefix("milkglass: "))
      try box.expect(arguments, as: name)
    } else {
      #expect(end.code == 0, "\(arguments): \(end.text)")
    }
  }

  /// Every clip of the store has its row and its payload, and nothing else lies there.
  private static func expectWhole(_ box: VaultBox) throws {
    let clips = try box.clips()
    let vault = try box.vault()
    let keys = try KeyStore.open(vault.layout, vault.state)
    for clip in clips { #expect(try keys.row(of: clip) != nil) }
    let files = try box.folder.names("vault/clips").filter { !$0.hasPrefix(".") }
    #expect(files == clips.map(\.text).sorted())
    #expect(try box.run(["audit", "verify"], as: nil).code == 0)
  }
}
