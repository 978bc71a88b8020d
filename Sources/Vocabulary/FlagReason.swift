// SPDX-License-Identifier: Apache-2.0

/// Why a reviewer withdrew a clip as sensitive; the raw values are the store's and the log's words.
package enum FlagReason: String, CaseIterable, Codable, Sendable {
  case nudity, intimacy, child, violence, other

  /// The reasons as the screen offers them.
  package static let reasons: [Reason] = zip("12345", allCases).map { key, reason in
    Reason(id: reason.rawValue, key: key, name: reason.rawValue)
  }
}
