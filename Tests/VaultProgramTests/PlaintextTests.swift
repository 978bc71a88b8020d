// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import Testing
import Vocabulary

/// A clip's bytes while it plays: in memory, and in no file.
@Suite struct PlaintextTests {
  @Test func noFileHoldsAClipThatPlays() throws {
    let box = try VaultBox()
    let start = Date(timeIntervalSinceNow: -1)
    let windows = Self.windows(of: VaultBox.sources[0]) + Self.windows(of: VaultBox.sources[1])
    #expect(windows.count > 60)
    let desk = try Desk(box)
    try desk.waitForPicture(of: 1)
    // The second is prefetched by then, and lies in sealed memory like the first.
    let second = try box.clips()[1]
    try desk.wait {
      (try? box.count(
        "SELECT count(*) FROM lease l JOIN clip c ON c.position = l.clip WHERE c.id = ?", second))
        == 1
    }
    desk.press("r")
    #expect(try Self.holders(box, windows, since: start) == [])

    for place in ["vault/clips/.plant", "state/plant", "plant"] {
      try box.folder.write(place, Array(VaultBox.sources[0].dropFirst(100)))
      #expect(try Self.holders(box, windows, since: start).count == 1, "\(place) is searched")
      try box.folder.remove(place)
    }
    let shared = "/dev/shm/milkglass-plant-\(getpid())"
    try Data(VaultBox.sources[1]).write(to: URL(filePath: shared))
    #expect(try Self.holders(box, windows, since: start) == [shared])
    try FileManager.default.removeItem(atPath: shared)
    try desk.leave()
    #expect(try Self.holders(box, windows, since: start) == [])
  }

  /// Sixty-four bytes here and there of a clip, none of them the same byte throughout.
  private static func windows(of clip: [UInt8]) -> [Data] {
    stride(from: 64, to: clip.count - 64, by: max(64, clip.count / 48)).map {
      Data(clip[$0..<$0 + 64])
    }.filter { Set($0).count > 24 }
  }

  /// The files that hold a window: below the vault, its state and the program's own temporary folder,
  /// in shared memory, and of /tmp's own files those that were changed since.
  ///
  /// Folders in /tmp belong to other tests, which make such clips as well.
  private static func holders(
    _ box: VaultBox, _ windows: [Data], since: Date
  ) throws -> [String] {
    let files = FileManager.default
    var paths = try files.subpathsOfDirectory(atPath: box.folder.path).map {
      "\(box.folder.path)/\($0)"
    }
    for place in ["/dev/shm", "/tmp", "/var/tmp"] {
      for name in (try? files.contentsOfDirectory(atPath: place)) ?? [] {
        let path = "\(place)/\(name)"
        let facts = try? files.attributesOfItem(atPath: path)
        guard facts?[.type] as? FileAttributeType == .typeRegular,
          (facts?[.modificationDate] as? Date ?? .distantPast) >= since
        else { continue }
        paths.append(path)
      }
    }
    return paths.filter { path in
      guard let bytes = files.contents(atPath: path) else { return false }
      return windows.contains { bytes.range(of: $0) != nil }
    }
  }
}
