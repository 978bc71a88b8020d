// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Which clips a record is about.
package enum ConsentScope: Hashable, Sendable {
  /// The clips with these SHA-256 digests, 32 bytes each.
  case clips([[UInt8]])
  /// What a camera recorded from one time to another, milliseconds since 1970, both included.
  case window(camera: CameraID, from: Int64, to: Int64)
}

extension ConsentScope {
  /// The scope's fields, of which a record has one.
  static let fields: Set<String> = ["clips", "window"]

  /// Reads `clips` (texts `sha256:HEX`) or `window` (`camera`, `from`, `to`).
  init(_ record: JSONFields) throws(RecordComplaint) {
    switch (record.has("clips"), record.has("window")) {
    case (true, true): throw record.complaint("window", "must not stand beside \"clips\"")
    case (false, false): throw record.complaint("clips", "is missing, and so is \"window\"")
    case (true, false): self = .clips(try Self.digests(record))
    case (false, true):
      let window = try record.object("window", known: ["camera", "from", "to"])
      let from = try window.time("from")
      let to = try window.time("to")
      guard from < to else { throw window.complaint("to", "must be later than \"from\"") }
      self = .window(camera: CameraID(try window.text("camera")), from: from, to: to)
    }
  }

  private static func digests(_ record: JSONFields) throws(RecordComplaint) -> [[UInt8]] {
    var digests: [[UInt8]] = []
    for text in try record.texts("clips") {
      guard let digest = SHA256Text.bytes(text) else {
        throw record.complaint("clips", "must hold digests: sha256: and 64 digits, 0 to f")
      }
      digests.append(digest)
    }
    return digests
  }
}

/// A SHA-256 digest as records and signatures write it: `sha256:` and 64 lower-case digits.
package enum SHA256Text {
  /// The text of 32 bytes.
  package static func text(_ digest: [UInt8]) -> String { "sha256:" + Hexadecimal.text(digest) }

  /// The 32 bytes of such a text; nil where it is none.
  package static func bytes(_ text: String) -> [UInt8]? {
    guard text.hasPrefix("sha256:") else { return nil }
    return Hexadecimal.bytes(text.dropFirst(7), count: 32)
  }
}
