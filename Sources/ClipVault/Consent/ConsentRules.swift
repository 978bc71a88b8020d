// SPDX-License-Identifier: Apache-2.0

/// What a vault's policy asks of consent.
package struct ConsentRules: Hashable, Sendable {
  /// A text that customers were shown and that the policy accepts.
  package struct AcceptedNotice: Hashable, Sendable {
    package let id: String
    /// SHA-256 of the text, 32 bytes.
    package let digest: [UInt8]

    /// Names an accepted text.
    package init(id: String, digest: [UInt8]) {
      self.id = id
      self.digest = digest
    }
  }

  /// The purpose a record must name.
  package var purpose: String
  /// The class the vault's reviewers are of, and where they sit; a record must name both.
  package var reviewerClass: String
  package var reviewerPlace: String
  /// The accepted texts; empty accepts any.
  package var notices: [AcceptedNotice]
  /// For how many days after ingest a clip is kept at most.
  package var retentionDays: Int
  /// Whether a record needs a signature.
  package var needsSignature: Bool
  /// Whether withdrawals reach the seat only by notices, and for how many hours one counts.
  package var isOfflineSeat: Bool
  package var maxOfflineHours: Int

  /// Takes the policy's values; the defaults are the policy's own.
  package init(
    purpose: String = "improve_alerts", reviewerClass: String = "employee",
    reviewerPlace: String = "EU", notices: [AcceptedNotice] = [], retentionDays: Int = 7,
    needsSignature: Bool = true, isOfflineSeat: Bool = false, maxOfflineHours: Int = 72
  ) {
    self.purpose = purpose
    self.reviewerClass = reviewerClass
    self.reviewerPlace = reviewerPlace
    self.notices = notices
    self.retentionDays = retentionDays
    self.needsSignature = needsSignature
    self.isOfflineSeat = isOfflineSeat
    self.maxOfflineHours = maxOfflineHours
  }
}
