// SPDX-License-Identifier: Apache-2.0

import StrictTOML
import Vocabulary

/// Reads one line of a manifest, strictly.
struct ManifestLineReader {
  /// The clip the line names, as soon as it is known.
  private(set) var clip: String?

  private let line: ArraySlice<UInt8>
  private let number: Int
  private let file: String
  private let taxonomy: Taxonomy
  private(set) var members: [JSONMember] = []

  /// The most predictions of one clip.
  private static let predictionLimit = 64

  init(_ line: ArraySlice<UInt8>, number: Int, file: String, taxonomy: Taxonomy) {
    self.line = line
    self.number = number
    self.file = file
    self.taxonomy = taxonomy
  }

  /// A complaint about a field of the line, or about its begin.
  func complaint(_ field: String, _ message: String) -> PolicyFileError {
    complaint(at: members.first { $0.name == field }?.offset ?? 0, message)
  }

  /// Columns count characters: bytes that do not continue one.
  func complaint(at offset: Int, _ message: String) -> PolicyFileError {
    let before = line.prefix(offset).count { $0 & 0xC0 != 0x80 }
    return PolicyFileError(
      file: file, at: TextPosition(line: number, column: before + 1), message: message)
  }

  mutating func read() throws(PolicyFileError) -> ManifestEntry {
    guard line.count <= ManifestFile.lineLimit else {
      throw complaint(at: 0, "the line is longer than 64 KiB")
    }
    members = try object(try root(), "the line")
    let name = try text(required("clip", in: members, at: 0), "clip")
    guard !name.contains("/"), name != ".", name != ".." else {
      throw complaint("clip", "\"clip\" must be a file name without folders")
    }
    clip = name
    try refuseUnknown(
      members,
      [
        "clip", "source", "consent", "camera", "recorded_at", "alert", "predictions", "frost",
        "regions",
      ])
    let source = try source()
    return ManifestEntry(
      clip: name, source: source, consent: try consent(source),
      camera: CameraID(try text(required("camera", in: members, at: 0), "camera")),
      recordedAt: try recordedAt(), alert: try alert(), predictions: try predictions(),
      leastFrost: try leastFrost(), regions: try regions(), line: number)
  }

  private func root() throws(PolicyFileError) -> JSONNode {
    do {
      return try JSONScanner.parse(line)
    } catch {
      throw complaint(at: error.offset, error.message)
    }
  }

  private func source() throws(PolicyFileError) -> ClipSource {
    let text = try text(required("source", in: members, at: 0), "source")
    guard let source = ClipSource(rawValue: text) else {
      let names = ClipSource.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
      throw complaint("source", "\"source\" must be \(names)")
    }
    return source
  }

  private func consent(_ source: ClipSource) throws(PolicyFileError) -> String {
    let member = member("consent", in: members)
    let id = try member.map { member throws(PolicyFileError) in
      try text(member, "consent", mayBeEmpty: true)
    }
    guard let id, !id.isEmpty else {
      let message =
        switch source {
        case .customerFeedback: "a customer's clip needs the id of a consent record"
        case .staffTest: "a staff test clip needs the id of a participant record"
        }
      throw complaint("consent", "\(message) in \"consent\"")
    }
    guard ConsentNames.isRecordID(id) else {
      throw complaint(
        "consent", "\"consent\" must be 1 to 64 letters, digits, dots, hyphens, underscores")
    }
    return id
  }

  private func recordedAt() throws(PolicyFileError) -> String {
    guard let member = member("recorded_at", in: members) else { return "" }
    let time = try text(member, "recorded_at", mayBeEmpty: true)
    guard time.isEmpty || Timestamp.isValid(time) else {
      throw complaint(
        "recorded_at",
        "\"recorded_at\" must be a date and time with zone, as in 2026-01-14T22:15:30+01:00")
    }
    return time
  }

  private func alert() throws(PolicyFileError) -> CameraAlert {
    guard let member = member("alert", in: members) else {
      return CameraAlert(label: "", score: nil, model: "")
    }
    let fields = try object(member.node, "\"alert\"")
    try refuseUnknown(fields, ["label", "score", "model"])
    let label = try text(
      required("label", in: fields, at: member.offset), "label", mayBeEmpty: true)
    var score: Double?
    if let member = self.member("score", in: fields) { score = try self.score(member) }
    var model = ""
    if let member = self.member("model", in: fields) {
      model = try text(member, "model", mayBeEmpty: true)
    }
    return CameraAlert(label: label, score: score, model: model)
  }

  private func predictions() throws(PolicyFileError) -> [Prediction] {
    guard let member = member("predictions", in: members) else { return [] }
    guard case .array(let nodes) = member.node.value else {
      throw complaint(at: member.node.offset, "\"predictions\" must be a list in [ ]")
    }
    guard nodes.count <= Self.predictionLimit else {
      throw complaint(
        at: member.node.offset, "there are more than \(Self.predictionLimit) predictions")
    }
    var seen: Set<TermID> = []
    var predictions: [Prediction] = []
    for node in nodes {
      let fields = try object(node, "a prediction")
      try refuseUnknown(fields, ["label", "score"])
      let label = try required("label", in: fields, at: node.offset)
      let term = TermID(try text(label, "label"))
      guard taxonomy.term(term) != nil else {
        throw complaint(
          at: label.node.offset, "\"\(term.text)\" is no term of taxonomy \(taxonomy.version)")
      }
      guard seen.insert(term).inserted else {
        throw complaint(at: label.node.offset, "\"\(term.text)\" is predicted a second time")
      }
      let score = try required("score", in: fields, at: node.offset)
      guard let value = try self.score(score) else {
        throw complaint(at: score.node.offset, "\"score\" must be a number from 0 to 1")
      }
      predictions.append(Prediction(term: term, score: value))
    }
    return predictions
  }
}

extension ManifestLineReader {
  /// The fields of an object; every other value is refused.
  func object(_ node: JSONNode, _ name: String) throws(PolicyFileError) -> [JSONMember] {
    guard case .object(let members) = node.value else {
      throw complaint(at: node.offset, "\(name) must be an object in { }")
    }
    return members
  }

  func member(_ name: String, in members: [JSONMember]) -> JSONMember? {
    members.first { $0.name == name }
  }

  func required(
    _ name: String, in members: [JSONMember], at offset: Int
  ) throws(PolicyFileError) -> JSONMember {
    guard let member = member(name, in: members) else {
      throw complaint(at: offset, "\"\(name)\" is missing")
    }
    return member
  }

  func refuseUnknown(
    _ members: [JSONMember], _ known: Set<String>
  ) throws(PolicyFileError) {
    guard let first = members.first(where: { !known.contains($0.name) }) else { return }
    let names = known.sorted().joined(separator: ", ")
    throw complaint(at: first.offset, "unknown field \"\(first.name)\" (known here: \(names))")
  }

  func text(
    _ member: JSONMember, _ name: String, mayBeEmpty: Bool = false
  ) throws(PolicyFileError) -> String {
    guard case .string(let text) = member.node.value else {
      throw complaint(at: member.node.offset, "\"\(name)\" must be a text in quotes")
    }
    guard mayBeEmpty && text.isEmpty || PolicyText.isPlainName(text, limit: 255) else {
      throw complaint(
        at: member.node.offset, "\"\(name)\" must be 1 to 255 printable characters")
    }
    return text
  }

  /// A score from 0 to 1; nil for `null`.
  private func score(_ member: JSONMember) throws(PolicyFileError) -> Double? {
    switch member.node.value {
    case .null: return nil
    case .number(let score) where (0...1).contains(score): return score
    default: throw complaint(at: member.node.offset, "\"score\" must be a number from 0 to 1")
    }
  }
}
