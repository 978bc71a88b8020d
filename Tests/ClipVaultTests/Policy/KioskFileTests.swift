// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import StrictTOML
import Testing

@testable import ClipVault

/// A kiosk's settings, which only their owner may write.
@Suite struct KioskFileTests {
  private static let good = "vault = \"/srv/vault\"\nstate = \"/var/lib/m\"\nseat = \"desk 3\"\n"

  private final class Folder {
    let path = FileManager.default.temporaryDirectory.path + "/milkglass-kiosk-\(UUID().uuidString)"

    init(_ text: String = KioskFileTests.good) throws {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
      try Data(text.utf8).write(to: URL(filePath: file))
      try set(0o644, file)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: String { path + "/kiosk.toml" }

    func set(_ mode: Int, _ path: String) throws {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    /// The sentence that it is refused with; nil where it is believed.
    func refusal(owner: UInt32 = getuid()) -> String? {
      do throws(KioskFileError) {
        _ = try KioskFile.read(file, owner: owner)
        return nil
      } catch { return error.sentence }
    }
  }

  @Test func reads() throws {
    let folder = try Folder()
    let settings = try KioskFile.read(folder.file, owner: getuid())
    #expect(settings == KioskSettings(vault: "/srv/vault", state: "/var/lib/m", seat: "desk 3"))
    #expect(try KioskFile.parse("vault = \"/v\"") == KioskSettings(vault: "/v"))
  }

  @Test(arguments: [
    ("", "vault"), ("vault = \"v\"", "kiosk.toml:1:1: \"vault\" must be an absolute path"),
    ("vault = \"/v\"\nstate = \"s\"", "kiosk.toml:2:1: \"state\" must be an absolute path"),
    ("vault = \"/v\"\nseat = \"\"", "\"seat\" must be"), ("vault = 1", "vault"),
    ("vault = \"/v\"\nseat = \"a\\u001Bb\"", "\"seat\" must be"),
    ("vault = \"/v\"\nshell = \"/bin/sh\"", "shell"),
  ])
  func complainsWithAPlace(text: String, words: String) {
    do throws(PolicyFileError) {
      _ = try KioskFile.parse(text)
      Issue.record("\(text) was taken")
    } catch { #expect(error.description.contains(words), "\(error.description)") }
  }

  @Test func believesNoFileThatOthersMayWrite() throws {
    let folder = try Folder()
    #expect(folder.refusal() == nil)
    for mode in [0o664, 0o646, 0o666] {
      try folder.set(mode, folder.file)
      #expect(folder.refusal()?.contains("kiosk.toml may be written by others") == true)
    }
    try folder.set(0o600, folder.file)
    #expect(folder.refusal() == nil)
    for mode in [0o775, 0o757, 0o1777] {
      try folder.set(mode, folder.path)
      #expect(folder.refusal()?.contains("may be written by others") == true)
    }
    try folder.set(0o755, folder.path)
    #expect(folder.refusal() == nil)
    #expect(folder.refusal(owner: getuid() + 1)?.contains("is not the right account's") == true)
  }

  @Test func believesNoLinkNoFolderAndNoFileThatIsNotThere() throws {
    let folder = try Folder()
    try FileManager.default.moveItem(atPath: folder.file, toPath: folder.path + "/other")
    #expect(folder.refusal()?.contains("kiosk.toml is not there") == true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file, withDestinationPath: folder.path + "/other")
    #expect(folder.refusal()?.contains("cannot be read") == true)
    try FileManager.default.removeItem(atPath: folder.file)
    try FileManager.default.createDirectory(
      atPath: folder.file, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o755])
    #expect(folder.refusal()?.contains("is no plain file") == true)
    let broken = try Folder("vault = ")
    #expect(broken.refusal()?.contains("kiosk.toml:1:") == true)
  }
}
