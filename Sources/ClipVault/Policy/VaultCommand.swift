// SPDX-License-Identifier: Apache-2.0

/// What can be done with a vault; the raw value is how the manual names it.
package enum VaultCommand: String, CaseIterable, Sendable {
  case demo
  case initialise = "init"
  case trust
  case doctor
  case personAdd = "person add"
  case personRemove = "person remove"
  case personReset = "person reset"
  case personPassphrase = "person passphrase"
  case personList = "person list"
  case policyShow = "policy show"
  case policyVerify = "policy verify"
  case policyEdit = "policy edit"
  case policySign = "policy sign"
  case manifestNew = "manifest new"
  case consentCheck = "consent check"
  case consentSign = "consent sign"
  case consentWithdraw = "consent withdraw"
  case ingest
  case review
  case desk
  case labelsExport = "labels export"
  case flaggedList = "flagged list"
  case flaggedRestore = "flagged restore"
  case hold
  case erase
  case housekeeping
  case rekey
  case noticesNew = "notices new"
  case noticesApply = "notices apply"
  case auditShow = "audit show"
  case auditVerify = "audit verify"
  case auditCheckpoint = "audit checkpoint"
  case auditReceipts = "audit receipts"
}
