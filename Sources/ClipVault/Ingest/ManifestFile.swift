// SPDX-License-Identifier: Apache-2.0

package import StrictTOML
package import Vocabulary

/// What one line of a manifest says of a clip.
package struct ManifestEntry: Hashable, Sendable {
  /// The clip's file name, without folders.
  package let clip: String
  package let source: ClipSource
  /// The id of the consent record, or of the participant record of a staff test clip.
  package let consent: String
  package let camera: CameraID
  /// ISO 8601 with zone; empty if unknown.
  package let recordedAt: String
  package let alert: CameraAlert
  package let predictions: [Prediction]
  /// The least frost of the whole clip; clear asks for nothing.
  package var leastFrost = Frost.clear
  package var regions: [Region] = []
  /// The line it stands on, from 1.
  package let line: Int
}

/// A manifest that was read: its good lines, and a complaint for each bad one.
package struct Manifest: Sendable {
  /// The file's name, as complaints call it.
  package let fileName: String
  /// The good lines by clip.
  package fileprivate(set) var entries: [String: ManifestEntry] = [:]
  /// The bad lines' complaints, in order; no more than `ManifestFile.complaintLimit`.
  package fileprivate(set) var complaints: [PolicyFileError] = []
  /// The complaint of each clip whose line is bad but names it.
  package fileprivate(set) var complaintsByClip: [String: PolicyFileError] = [:]
}

/// Reads `manifest.jsonl`: one JSON object a line, strictly; empty lines are passed over.
package enum ManifestFile {
  /// The greatest manifest, in bytes.
  package static let byteLimit = 64 << 20
  /// The longest line, in bytes.
  package static let lineLimit = 64 << 10
  /// The most complaints that are kept.
  package static let complaintLimit = 100

  /// Reads a manifest's bytes; never fails as a whole, but may hold nothing but complaints.
  package static func parse(
    _ bytes: [UInt8], fileName: String, taxonomy: Taxonomy
  ) -> Manifest {
    var manifest = Manifest(fileName: fileName)
    guard bytes.count <= byteLimit else {
      manifest.complaints = [PolicyFileError(file: fileName, message: "is larger than 64 MiB")]
      return manifest
    }
    let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !isBlank(line) {
      var reader = ManifestLineReader(line, number: index + 1, file: fileName, taxonomy: taxonomy)
      do throws(PolicyFileError) {
        let entry = try reader.read()
        if let other = manifest.entries[entry.clip] {
          throw reader.complaint(
            "clip", "clip \"\(entry.clip)\" is on line \(other.line) too")
        }
        manifest.entries[entry.clip] = entry
      } catch {
        if let clip = reader.clip, manifest.complaintsByClip[clip] == nil {
          manifest.complaintsByClip[clip] = error
        }
        manifest.complaints.append(error)
        if manifest.complaints.count == complaintLimit { break }
      }
    }
    return manifest
  }

  /// Reads a manifest from a file.
  package static func read(_ path: String, taxonomy: Taxonomy) throws(VaultError) -> Manifest {
    let bytes = try VaultDisk.read(path, limit: byteLimit)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return parse(bytes, fileName: name, taxonomy: taxonomy)
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}
