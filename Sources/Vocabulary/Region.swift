// SPDX-License-Identifier: Apache-2.0

/// What a region hides; the raw value is the manifest's word.
package enum RegionKind: String, CaseIterable, Sendable, Codable {
  case face, person, text, screen

  /// The least frost that such a region has.
  package var leastFrost: Frost {
    switch self {
    case .face, .person: .frosted
    case .text, .screen: .solid
    }
  }
}

/// A part of the picture that has a frost of its own, at least, for a time.
///
/// Its frost only ever adds to the clip's. The part is a box that moves from key to key.
package struct Region: Hashable, Sendable {
  /// Where the box is at a time.
  package struct Key: Hashable, Sendable, Codable {
    package let time: MediaTime
    package let box: RegionBox

    /// Makes a key.
    package init(time: MediaTime, box: RegionBox) {
      self.time = time
      self.box = box
    }
  }

  package let kind: RegionKind
  /// At least its kind's.
  package let frost: Frost
  /// The first time inside, and the first no longer inside.
  package let from: MediaTime
  package let until: MediaTime
  /// At least one; their times rise.
  package let keys: [Key]

  /// The most keys of a region.
  package static let mostKeys = 240
  /// The latest time that a region may name: beyond any clip's end.
  package static let latestTime = MediaTime(milliseconds: 3_600_000)

  /// Makes a region; nil frost is the kind's least.
  ///
  /// Nil where the frost is below the kind's, the times are not in order or out of a clip's range, or
  /// there are no keys or more than `mostKeys`.
  package init?(
    kind: RegionKind, frost: Frost? = nil, from: MediaTime, until: MediaTime, keys: [Key]
  ) {
    let times = MediaTime.zero...Self.latestTime
    guard frost ?? kind.leastFrost >= kind.leastFrost, from < until, times.contains(from),
      times.contains(until), (1...Self.mostKeys).contains(keys.count),
      keys.allSatisfy({ times.contains($0.time) }),
      zip(keys, keys.dropFirst()).allSatisfy({ $0.time < $1.time })
    else { return nil }
    self.kind = kind
    self.frost = frost ?? kind.leastFrost
    self.from = from
    self.until = until
    self.keys = keys
  }

  /// The same with that frost at least.
  package func raised(to least: Frost) -> Region {
    // All that is checked stays as it was, but the frost, which only rises.
    Region(kind: kind, frost: max(frost, least), from: from, until: until, keys: keys) ?? self
  }

  /// Whether it covers what is to be seen at a time.
  package func isActive(at time: MediaTime) -> Bool { from <= time && time < until }

  /// What it covers of the picture of a time: the keys' box, grown by a fifth.
  ///
  /// Before the first key and after the last it stands still; between two it moves evenly.
  package func cover(at time: MediaTime) -> RegionBox { box(at: time).grown }

  /// The keys' box at a time.
  package func box(at time: MediaTime) -> RegionBox {
    // There is at least one key.
    let next = keys.firstIndex { time < $0.time } ?? keys.count
    guard next > 0 else { return keys[0].box }
    let last = keys[next - 1]
    guard next < keys.count else { return last.box }
    return last.box.onTheWay(
      to: keys[next].box, time.microseconds - last.time.microseconds,
      of: keys[next].time.microseconds - last.time.microseconds)
  }
}

extension Region: Codable {
  private enum CodingKeys: CodingKey { case kind, frost, from, until, keys }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let region = Region(
      kind: try values.decode(RegionKind.self, forKey: .kind),
      frost: try values.decode(Frost.self, forKey: .frost),
      from: try values.decode(MediaTime.self, forKey: .from),
      until: try values.decode(MediaTime.self, forKey: .until),
      keys: try values.decode([Key].self, forKey: .keys))
    guard let region else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "the region makes no sense"))
    }
    self = region
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(kind, forKey: .kind)
    try values.encode(frost, forKey: .frost)
    try values.encode(from, forKey: .from)
    try values.encode(until, forKey: .until)
    try values.encode(keys, forKey: .keys)
  }
}

extension Region {
  /// The most regions of a manifest's line, and the most that reviewers may add to a clip.
  package static let mostInManifest = 32
  package static let mostAdded = 32
  /// The most keys of a manifest's line.
  package static let mostKeysInManifest = 2_048

  /// Whether so many regions can come of a manifest and reviewers.
  package static func isPossible(_ regions: [Region]) -> Bool {
    regions.count <= mostInManifest + mostAdded
      && regions.reduce(0) { $0 + $1.keys.count } <= mostKeysInManifest + mostAdded
  }
}
