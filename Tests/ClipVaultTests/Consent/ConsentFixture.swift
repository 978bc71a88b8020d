// SPDX-License-Identifier: Apache-2.0

import Sealing
import Vocabulary

@testable import ClipVault

/// A consent that holds in every point, to be broken in one.
struct ConsentFixture: Sendable {
  static let digest = Digest.sha256(Array("clip of the porch".utf8))
  static let notice = Digest.sha256(Array("people may watch your clip".utf8))
  static let intake = SigningKey()
  static let lead = SigningKey()
  static let stranger = SigningKey()

  /// 16 January 2026, 12:00 UTC.
  static let now: Int64 = 1_768_564_800_000
  static let day: Int64 = 86_400_000

  var record = Self.customers
  var signingKey = Self.intake
  var signerName = "intake-1"
  /// What is done to the signature at the end.
  var changeSignature: @Sendable ([UInt8]) -> [UInt8]? = { $0 }
  var changeBytes: @Sendable ([UInt8]) -> [UInt8] = { $0 }
  var signedID = "CR-7"
  var hasDocument = true
  var clip = ConsentGate.Clip(
    source: .customerFeedback, consent: "CR-7", camera: CameraID("porch-2"),
    recordedAt: "2026-01-14T22:15:30+01:00", duration: MediaTime(milliseconds: 25_000),
    digest: Self.keyed(Self.digest), addedAtMilliseconds: Self.now - Self.day,
    expiresAtMilliseconds: Self.now + 5 * Self.day)
  var rules = ConsentRules(
    notices: [.init(id: "N-3", digest: [1]), .init(id: "N-3", digest: Self.notice)])
  var now = Self.now
  var noticesAge: Int64?

  /// Stands for the key store's digest: its key is a test's.
  static func keyed(_ digest: [UInt8]) -> [UInt8] { Digest.hmac(digest, key: [7]) }

  static let cameras = CameraBook([
    CameraID("bench"): Camera(
      id: CameraID("bench"), sceneWidthMillimetres: 3000, room: "", isStaff: true),
    CameraID("porch-2"): Camera(
      id: CameraID("porch-2"), sceneWidthMillimetres: 3000, room: "porch", isStaff: false),
  ])

  static let signers = ConsentSigners(
    intake: [.init(name: "intake-1", key: intake.publicKey)],
    leads: [.init(name: "ada", key: lead.publicKey)])

  static let customers: JSONTree = .object([
    ("schema_version", .raw(#""1""#)), ("record_id", .raw(#""CR-7""#)),
    ("principal", .raw(#""subject-42""#)),
    (
      "controller",
      .object([
        ("name", .raw(#""Porch Cameras GmbH""#)), ("contact", .raw(#""privacy@example.org""#)),
      ])
    ),
    ("purpose", .raw(#""improve_alerts""#)), ("human_review", .raw("true")),
    ("clips", .list([.raw("\"\(SHA256Text.text(digest))\"")])),
    ("data_categories", .list([.raw(#""video""#)])),
    ("reviewer_classes", .list([.raw(#""contractor""#), .raw(#""employee""#)])),
    ("reviewer_places", .list([.raw(#""EU""#)])),
    ("recipients", .list([.raw(#""model team""#)])), ("storage_days", .raw("7")),
    ("legal_basis", .raw(#""consent""#)),
    (
      "notice",
      .object([
        ("id", .raw(#""N-3""#)), ("sha256", .raw("\"\(Hexadecimal.text(notice))\"")),
        ("language", .raw(#""de""#)),
      ])
    ),
    (
      "given",
      .object([("how", .raw(#""app""#)), ("at", .raw(#""2026-01-14T22:20:00+01:00""#))])
    ),
    ("valid_until", .raw(#""2026-07-14T00:00:00Z""#)), ("other_persons", .raw(#""unknown""#)),
    ("withdrawal", .raw(#""in the app under Privacy""#)),
    (
      "events",
      .list([
        .object([("kind", .raw(#""given""#)), ("at", .raw(#""2026-01-14T21:20:00Z""#))])
      ])
    ),
  ])

  static let window: JSONTree = .object([
    ("camera", .raw(#""porch-2""#)), ("from", .raw(#""2026-01-14T21:15:30Z""#)),
    ("to", .raw(#""2026-01-14T21:15:55Z""#)),
  ])

  static let participants: JSONTree = .object([
    ("schema_version", .raw(#""1""#)), ("record_id", .raw(#""CR-7""#)),
    ("kind", .raw(#""participants""#)), ("participants", .list([.raw(#""staff-3""#)])),
    ("agreed_at", .raw(#""2026-01-14T12:00:00Z""#)), ("camera", .raw(#""bench""#)),
    ("clips", .list([.raw("\"\(SHA256Text.text(digest))\"")])), ("storage_days", .raw("7")),
  ])

  /// The same for a staff test clip.
  static var staff: ConsentFixture {
    var fixture = ConsentFixture()
    fixture.record = participants
    fixture.clip.source = .staffTest
    fixture.clip.camera = CameraID("bench")
    return fixture
  }

  /// A copy with one thing changed.
  func with(_ change: (inout ConsentFixture) -> Void) -> ConsentFixture {
    var copy = self
    change(&copy)
    return copy
  }

  /// A copy whose record has another value at a path; nil removes the field.
  func with(_ path: String, raw: String?) -> ConsentFixture {
    with { $0.record = $0.record.with(path, raw.map { .raw($0) }) }
  }

  var document: ConsentDocument? {
    guard hasDocument else { return nil }
    let bytes = Array(record.text.utf8)
    let signed = ConsentDocument(
      bytes: bytes, recordID: signedID, signedBy: signingKey, named: signerName)
    return ConsentDocument(
      bytes: changeBytes(bytes), signature: signed?.signature.flatMap(changeSignature))
  }

  var gate: ConsentGate {
    ConsentGate(
      rules: rules, signers: Self.signers, cameras: Self.cameras,
      keyedDigests: { $0.map(Self.keyed) })
  }

  func check() throws(ConsentDefect) -> ConsentGate.Pass {
    try gate.check(clip, document, nowMilliseconds: now, noticesAgeMilliseconds: noticesAge)
  }

  /// What the gate says; nil where it opens.
  var defect: ConsentDefect? {
    do {
      _ = try check()
      return nil
    } catch { return error }
  }
}
