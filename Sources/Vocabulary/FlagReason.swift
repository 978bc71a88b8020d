// SPDX-License-Identifier: Apache-2.0

/// Why a reviewer withdrew a clip as sensitive; the raw values are the store's and the log's words.
package enum FlagReason: String, CaseIterable, Codable, Sendable {
  case nudity, intimacy, child, violence, other
}
