// SPDX-License-Identifier: Apache-2.0
import ClipDecoder
import TestSupport
import Vocabulary

/// Clips of the test card, and ways to read them whole.
enum Clip {
  /// The plain card, made once a run: 160 × 90, ten frames in one second, H.264 in MP4.
  static let plain = Result { try ClipMaker.card() }
  /// The same in an MPEG transport stream.
  static let transport = Result { try ClipMaker.card(["--container", "ts"]) }

  /// One decoded frame, as far as tests look.
  struct Frame: Equatable {
    let time: MediaTime
    let size: PixelSize
    let lumaSum: Int
  }

  /// Opens a clip for the time of `body`.
  ///
  /// The reader must not outlive the bytes, so it is only lent.
  static func open<Value>(
    _ bytes: [UInt8], _ body: (ClipReader) throws -> Value
  ) throws -> Value {
    try unsafe bytes.withUnsafeBytes { try body(try unsafe ClipReader(bytes: $0)) }
  }

  /// Decodes every frame of a clip, looking at each pixel of the luma.
  static func frames(_ bytes: [UInt8]) throws -> [Frame] {
    try open(bytes) { reader in
      var frames: [Frame] = []
      while try reader.next() {
        let time = reader.time
        frames.append(
          try reader.withLuma { luma, shape in
            var sum = 0
            for y in 0..<shape.size.height {
              for x in 0..<shape.size.width { sum &+= Int(luma[y * shape.stride + x]) }
            }
            return Frame(time: time, size: shape.size, lumaSum: sum)
          })
      }
      return frames
    }
  }

  /// What is wrong with a clip; nil where it plays to its end.
  static func refusal(_ bytes: [UInt8]) throws -> ClipError? {
    do {
      _ = try frames(bytes)
      return nil
    } catch let error as ClipError {
      return error
    }
  }
}
