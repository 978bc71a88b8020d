// SPDX-License-Identifier: Apache-2.0

package import Sealing
package import Vocabulary

/// The participant record that stands for the staff test clips of one ingest.
package struct StaffConsent: Hashable, Sendable {
  /// The record's id.
  package let recordID: String
  /// The record where it is a new one; nil where the vault has it.
  package let document: ConsentDocument?

  /// Names a record that the vault has.
  package init(recordID: String) {
    self.recordID = recordID
    document = nil
  }

  private init(recordID: String, document: ConsentDocument) {
    self.recordID = recordID
    self.document = document
  }

  /// Makes a new record of the clips in these files, signed in a lead's name; nil where no file can
  /// be read, or a name or the period is none that a record can hold (see `ParticipantRecord`).
  ///
  /// Without participants the clips count as drawn. Files that cannot be read are left out, and
  /// so refused by ingest.
  package static func make(
    of paths: [String], participants: [String], camera: CameraID, storageDays: Int,
    nowMilliseconds: Int64, signedBy key: SigningKey, named name: String
  ) -> StaffConsent? {
    var digests: [[UInt8]] = []
    for path in paths {
      guard let source = try? IngestSource(path) else { continue }
      if !digests.contains(source.sha256) { digests.append(source.sha256) }
    }
    let recordID = "P-" + Hexadecimal.text((0..<8).map { _ in UInt8.random(in: 0...255) })
    guard
      let record = ParticipantRecord(
        recordID: recordID, participants: participants, camera: camera, digests: digests,
        agreedAtMilliseconds: nowMilliseconds, storageDays: storageDays),
      record.text.utf8.count <= ConsentRecord.byteLimit,
      let document = ConsentDocument(
        bytes: Array(record.text.utf8), recordID: recordID, signedBy: key, named: name)
    else { return nil }
    return StaffConsent(recordID: recordID, document: document)
  }
}
