// SPDX-License-Identifier: Apache-2.0

/// Why something is no event or no checkpoint of the audit log.
package enum AuditError: Error, Hashable, Sendable {
  /// The bytes are not what the log's encoding makes.
  case malformed
  /// A name or a value is longer than the log takes, or has characters that it does not take.
  case notLoggable
  /// A checkpoint is not signed by the key that was asked for.
  case unsigned
  /// A checkpoint is of another vault's log.
  case otherVault
}
