// SPDX-License-Identifier: Apache-2.0
import ClipVault
import Foundation
import Sealing

/// A customer's consent record, which allows what a new vault's policy asks for.
struct Consent {
  let record: String
  let text: String

  init(
    record: String, subject: String, of clips: some Sequence<[UInt8]>,
    givenAt: Date = Date(timeIntervalSinceNow: -3600)
  ) {
    self.record = record
    text =
      ConsentTemplate(
        recordID: record, principal: subject, digests: clips.map { Digest.sha256($0) },
        rules: ConsentRules(), givenAtMilliseconds: Int64(givenAt.timeIntervalSince1970 * 1000),
        storageDays: 7, controllerName: "Porch Cameras GmbH",
        controllerContact: "privacy@example.org"
      ).text
  }

  /// A record as it lies in a file.
  init(text: String, record: String) {
    self.record = record
    self.text = text
  }

  /// The `.sig` file beside the record.
  func signature(by key: SigningKey, named name: String) -> [UInt8]? {
    ConsentDocument(
      bytes: Array(text.utf8), recordID: record, signedBy: key, named: name
    )?.signature
  }

  /// A clip's line in a manifest.
  static func manifestLine(
    _ file: String, _ record: String, camera: String = camera
  ) -> String {
    """
    {"clip":"\(file)","source":"customer-feedback","consent":"\(record)","camera":"\(camera)",\
    "recorded_at":"2026-11-20T22:15:30+01:00",\
    "alert":{"label":"animal","score":0.82,"model":"cc-4.1"},"predictions":[]}

    """
  }

  /// The cameras of kim's clips and of lou's, names that nothing else holds.
  static let camera = "porch-quince-7"
  static let otherCamera = "garden-medlar-3"
}
