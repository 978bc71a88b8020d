// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// The notices of a session, also those that nobody had time to read; never on disk.
package struct MessageLog: Hashable, Sendable {
  /// One notice.
  package struct Entry: Hashable, Sendable {
    package let notice: Notice
    /// The clip that was on the screen; nil where none was.
    package let clip: ClipID?
    /// When it came, the last time where it came often in a row: milliseconds since 1970.
    package internal(set) var atMilliseconds: Int64
    /// How often it came in a row, at least 1.
    package internal(set) var count = 1
  }

  /// The oldest first.
  package private(set) var entries: [Entry] = []
  /// So many are kept; the oldest go.
  package static let most = 500

  mutating func add(_ notice: Notice, clip: ClipID?, atMilliseconds: Int64) {
    if let last = entries.last, last.notice == notice, last.clip == clip {
      entries[entries.count - 1].atMilliseconds = atMilliseconds
      entries[entries.count - 1].count += 1
      return
    }
    entries.append(Entry(notice: notice, clip: clip, atMilliseconds: atMilliseconds))
    if entries.count > Self.most { entries.removeFirst(entries.count - Self.most) }
  }
}
