// SPDX-License-Identifier: Apache-2.0

/// Where a clip comes from, which decides its frost and what may be done with it.
package enum ClipSource: String, Sendable, Codable, CaseIterable {
  /// A customer shared it with the camera's wrong alert.
  case customerFeedback = "customer-feedback"
  /// Staff made it with a staff test camera.
  case staffTest = "staff-test"
}

/// One label the camera's model predicted, with its score.
package struct Prediction: Hashable, Sendable, Codable {
  package let term: TermID
  /// 0 to 1, as the model gave it.
  package let score: Double

  /// Makes a prediction.
  package init(term: TermID, score: Double) {
    self.term = term
    self.score = score
  }
}

/// The alert the camera raised: one word of its own vocabulary, its score and the model's name.
package struct CameraAlert: Hashable, Sendable, Codable {
  /// The camera's word (`person`, `animal`, `motion`); empty where it raised none.
  package let label: String
  /// 0 to 1; nil where the camera gave none.
  package let score: Double?
  /// The model and version that raised it; may be empty.
  package let model: String

  /// Makes an alert.
  package init(label: String, score: Double?, model: String) {
    self.label = label
    self.score = score
    self.model = model
  }
}

/// What the ingest probe measured of a clip, in a decoder.
package struct ClipFacts: Hashable, Sendable, Codable {
  /// The picture's size as shown: turned upright, before the pixel aspect.
  package var size: PixelSize
  /// The shape of one of its pixels, width : height.
  package var pixelAspect: Ratio
  package var duration: MediaTime
  package var frameCount: Int
  /// Frames a second: the stream's average.
  package var frameRate: Ratio
  /// libav's name of the codec (`h264`).
  package var codec: String
  /// The greys its frosted cells may take.
  package var greys: GreyScale
  /// How much moved over the clip's length, in equal parts of it, 0 to 7 each (see
  /// `MotionProfile`); empty where nobody measured it.
  package var motion: [UInt8]

  /// Makes the record of a probe.
  package init(
    size: PixelSize, pixelAspect: Ratio, duration: MediaTime, frameCount: Int, frameRate: Ratio,
    codec: String, greys: GreyScale, motion: [UInt8] = []
  ) {
    self.size = size
    self.pixelAspect = pixelAspect
    self.duration = duration
    self.frameCount = frameCount
    self.frameRate = frameRate
    self.codec = codec
    self.greys = greys
    self.motion = motion
  }
}

/// One clip's provenance: everything the vault knows of it but its bytes and its labels.
package struct ClipRecord: Hashable, Sendable {
  package var id: ClipID
  package var source: ClipSource
  /// The consent record's id; empty for staff test clips.
  package var consent: String
  package var camera: CameraID
  /// When the camera recorded it, ISO 8601 with zone as the manifest gave it; empty if unknown.
  package var recordedAt: String
  package var alert: CameraAlert
  package var predictions: [Prediction]
  package var facts: ClipFacts
  /// When it was taken in, milliseconds since 1970.
  package var ingestedAtMilliseconds: Int64
  /// The least frost that the manifest asked for; clear asks for nothing.
  package var leastFrost: Frost
  /// The regions that the manifest gave.
  package var regions: [Region]

  /// Makes a record.
  package init(
    id: ClipID, source: ClipSource, consent: String, camera: CameraID, recordedAt: String,
    alert: CameraAlert, predictions: [Prediction], facts: ClipFacts, ingestedAtMilliseconds: Int64,
    leastFrost: Frost = .clear, regions: [Region] = []
  ) {
    self.id = id
    self.source = source
    self.consent = consent
    self.camera = camera
    self.recordedAt = recordedAt
    self.alert = alert
    self.predictions = predictions
    self.facts = facts
    self.ingestedAtMilliseconds = ingestedAtMilliseconds
    self.leastFrost = leastFrost
    self.regions = regions
  }
}

/// Records that were stored before there were frosts and regions of a manifest's own have none.
extension ClipRecord: Codable {
  private enum CodingKeys: CodingKey {
    case id, source, consent, camera, recordedAt, alert, predictions, facts
    case ingestedAtMilliseconds, leastFrost, regions
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try values.decode(ClipID.self, forKey: .id),
      source: try values.decode(ClipSource.self, forKey: .source),
      consent: try values.decode(String.self, forKey: .consent),
      camera: try values.decode(CameraID.self, forKey: .camera),
      recordedAt: try values.decode(String.self, forKey: .recordedAt),
      alert: try values.decode(CameraAlert.self, forKey: .alert),
      predictions: try values.decode([Prediction].self, forKey: .predictions),
      facts: try values.decode(ClipFacts.self, forKey: .facts),
      ingestedAtMilliseconds: try values.decode(Int64.self, forKey: .ingestedAtMilliseconds),
      leastFrost: try values.decodeIfPresent(Frost.self, forKey: .leastFrost) ?? .clear,
      regions: try values.decodeIfPresent([Region].self, forKey: .regions) ?? [])
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(id, forKey: .id)
    try values.encode(source, forKey: .source)
    try values.encode(consent, forKey: .consent)
    try values.encode(camera, forKey: .camera)
    try values.encode(recordedAt, forKey: .recordedAt)
    try values.encode(alert, forKey: .alert)
    try values.encode(predictions, forKey: .predictions)
    try values.encode(facts, forKey: .facts)
    try values.encode(ingestedAtMilliseconds, forKey: .ingestedAtMilliseconds)
    if leastFrost > .clear { try values.encode(leastFrost, forKey: .leastFrost) }
    if !regions.isEmpty { try values.encode(regions, forKey: .regions) }
  }
}

/// A reviewer's name or pseudonym, as the store and the screen show it.
package struct ReviewerID: TextIdentifier {
  package let text: String

  /// Takes a name as it stands.
  package init(_ text: String) { self.text = text }
}
