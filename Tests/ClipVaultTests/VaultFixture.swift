// SPDX-License-Identifier: Apache-2.0

import Foundation
import Vocabulary

@testable import ClipVault

/// A folder that goes with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/vault-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

/// Stands for the label store: a set of records, and a refusal where one is wanted.
final class FakeStore {
  private(set) var records: [ClipRecord] = []
  var refusal: VaultError?

  var catalogue: Ingest.Catalogue {
    Ingest.Catalogue(
      knownIDs: { [self] () throws(VaultError) in Set(records.map(\.id)) },
      register: { [self] record throws(VaultError) in
        if let refusal { throw refusal }
        records.append(record)
      })
  }
}

/// Takes what begins with "clip" for a clip.
final class FakeProbe: ClipProbe {
  private(set) var count = 0

  func probe(_ bytes: [UInt8]) throws(ClipRefusal) -> ClipFacts {
    count += 1
    guard bytes.starts(with: "clip".utf8) else { throw ClipRefusal("it is not a video") }
    return Self.facts
  }

  static let facts = ClipFacts(
    size: PixelSize(width: 640, height: 360), pixelAspect: .one,
    duration: MediaTime(milliseconds: 25_040), frameCount: 626, frameRate: Ratio(25, 1),
    codec: "h264", greys: .even)
}

extension ClipVault.Vault {
  /// A vault with the cameras `bench` (staff) and `porch-2`.
  static func forTests(in folder: TemporaryFolder) throws -> Vault {
    let cameras = """
      [[camera]]
      id = "bench"
      field_of_view_degrees = 90
      nearest_subject_metres = 1.5
      staff = true
      [[camera]]
      id = "porch-2"
      field_of_view_degrees = 110
      nearest_subject_metres = 2.5
      room = "porch"
      """
    return try initialise(at: folder.path + "/vault", cameras: cameras)
  }

  /// The names in `clips` and `keys`, but for the lock.
  var fileNames: [String] {
    get throws {
      (try VaultDisk.names(layout.clips) + VaultDisk.names(layout.keys)).filter { $0 != ".lock" }
    }
  }
}
