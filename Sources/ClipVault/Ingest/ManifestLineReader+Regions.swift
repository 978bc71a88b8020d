// SPDX-License-Identifier: Apache-2.0

import StrictTOML
import Vocabulary

/// The frost of a line and its regions, which only ever add to what a clip has by itself.
extension ManifestLineReader {
  /// The least frost of the whole clip; clear where the line asks for none.
  func leastFrost() throws(PolicyFileError) -> Frost {
    guard let member = member("frost", in: members) else { return .clear }
    return try frost(member, "\"frost\"", atLeast: .soft)
  }

  func regions() throws(PolicyFileError) -> [Region] {
    guard let member = member("regions", in: members) else { return [] }
    guard case .array(let nodes) = member.node.value else {
      throw complaint(at: member.node.offset, "\"regions\" must be a list in [ ]")
    }
    guard nodes.count <= Region.mostInManifest else {
      throw complaint(
        at: member.node.offset, "there are more than \(Region.mostInManifest) regions")
    }
    var regions: [Region] = []
    for node in nodes { regions.append(try region(node)) }
    guard Region.isPossible(regions) else {
      throw complaint(
        at: member.node.offset,
        "the regions have more than \(Region.mostKeysInManifest) boxes together")
    }
    return regions
  }

  private func region(_ node: JSONNode) throws(PolicyFileError) -> Region {
    let fields = try object(node, "a region")
    try refuseUnknown(fields, ["kind", "frost", "from", "until", "boxes"])
    let kind = try kind(required("kind", in: fields, at: node.offset))
    let frost = try member("frost", in: fields).map { member throws(PolicyFileError) in
      try self.frost(member, "\"frost\" of a \(kind.rawValue)", atLeast: kind.leastFrost)
    }
    let from = try time("from", in: fields, at: node.offset)
    let until = try time("until", in: fields, at: node.offset)
    guard from < until else {
      throw complaint(at: node.offset, "\"until\" must be later than \"from\"")
    }
    let keys = try keys(required("boxes", in: fields, at: node.offset))
    guard
      let region = Region(kind: kind, frost: frost, from: from, until: until, keys: keys)
    else { throw complaint(at: node.offset, "the region makes no sense") }
    return region
  }

  private func kind(_ member: JSONMember) throws(PolicyFileError) -> RegionKind {
    let text = try text(member, "kind")
    guard let kind = RegionKind(rawValue: text) else {
      let names = RegionKind.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw complaint(at: member.node.offset, "\"kind\" must be one of \(names)")
    }
    return kind
  }

  /// A frost by its name; one below `least` would take frost away and is refused.
  private func frost(
    _ member: JSONMember, _ name: String, atLeast least: Frost
  ) throws(PolicyFileError) -> Frost {
    let text = try text(member, "frost")
    guard let frost = Frost.allCases.first(where: { $0.name == text }), frost >= least else {
      let names = Frost.allCases.filter { $0 >= least }.map { "\"\($0.name)\"" }
      throw complaint(
        at: member.node.offset,
        "\(name) must be \(names.joined(separator: " or ")): it is only ever raised")
    }
    return frost
  }

  private func keys(_ member: JSONMember) throws(PolicyFileError) -> [Region.Key] {
    guard case .array(let nodes) = member.node.value else {
      throw complaint(at: member.node.offset, "\"boxes\" must be a list in [ ]")
    }
    guard (1...Region.mostKeys).contains(nodes.count) else {
      throw complaint(
        at: member.node.offset, "a region has 1 to \(Region.mostKeys) boxes, not \(nodes.count)")
    }
    var keys: [Region.Key] = []
    for node in nodes {
      let fields = try object(node, "a box")
      try refuseUnknown(fields, ["at", "x", "y", "width", "height"])
      let time = try time("at", in: fields, at: node.offset)
      if let last = keys.last, last.time >= time {
        throw complaint(at: node.offset, "the boxes' times in \"at\" must rise")
      }
      keys.append(Region.Key(time: time, box: try box(fields, at: node.offset)))
    }
    return keys
  }

  private func box(_ fields: [JSONMember], at offset: Int) throws(PolicyFileError) -> RegionBox {
    let x = try share("x", in: fields, at: offset)
    let y = try share("y", in: fields, at: offset)
    let width = try share("width", in: fields, at: offset)
    let height = try share("height", in: fields, at: offset)
    let (left, right) = Self.edges(x, x + width)
    let (top, bottom) = Self.edges(y, y + height)
    guard let box = RegionBox(x: left, y: top, width: right - left, height: bottom - top) else {
      throw complaint(
        at: offset, "a box must have a width and a height and lie within the picture, 0 to 1")
    }
    return box
  }

  /// Both ends in whole parts of the side, no further in than they are.
  ///
  /// What is lost in writing a share as a decimal counts for nothing. The shares are within 0 and 2.
  private static func edges(_ low: Double, _ high: Double) -> (Int, Int) {
    let side = Double(RegionBox.side)
    let lost = 1e-6
    return (Int((low * side + lost).rounded(.down)), Int((high * side - lost).rounded(.up)))
  }

  private func share(
    _ name: String, in fields: [JSONMember], at offset: Int
  ) throws(PolicyFileError) -> Double {
    let member = try required(name, in: fields, at: offset)
    guard case .number(let share) = member.node.value, (0...1).contains(share) else {
      throw complaint(
        at: member.node.offset, "\"\(name)\" must be a share of the picture from 0 to 1")
    }
    return share
  }

  private func time(
    _ name: String, in fields: [JSONMember], at offset: Int
  ) throws(PolicyFileError) -> MediaTime {
    let member = try required(name, in: fields, at: offset)
    let most = Region.latestTime.seconds
    guard case .number(let seconds) = member.node.value, (0...most).contains(seconds) else {
      throw complaint(
        at: member.node.offset, "\"\(name)\" must be seconds of the clip, 0 to \(Int(most))")
    }
    return MediaTime(microseconds: Int64((seconds * 1_000_000).rounded()))
  }
}
