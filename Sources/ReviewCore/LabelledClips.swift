// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The clips that this reviewer labelled last, with what is set on them: what `=` copies.
struct LabelledClips: Hashable, Sendable {
  /// A clip and its labels.
  struct Entry: Hashable, Sendable {
    let clip: ClipID
    let labels: CopiedLabels
  }

  /// The last one at the end, no clip twice.
  private var entries: [Entry] = []
  /// Two would do, but each of the last may lose its labels again.
  private static let most = 8

  /// Notes what is set on a clip now; a clip without labels is none that was labelled.
  mutating func note(_ clip: ClipID, _ labels: CopiedLabels) {
    entries.removeAll { $0.clip == clip }
    if !labels.isEmpty { entries.append(Entry(clip: clip, labels: labels)) }
    if entries.count > Self.most { entries.removeFirst() }
  }

  /// Notes what was labelled before this session.
  mutating func noteEarlier(_ clip: ClipID, _ labels: CopiedLabels) {
    if !labels.isEmpty, !entries.contains(where: { $0.clip == clip }) {
      entries.insert(Entry(clip: clip, labels: labels), at: 0)
    }
  }

  /// The one labelled last but that clip; nil where there is none.
  func last(but clip: ClipID) -> Entry? { entries.last { $0.clip != clip } }
}
