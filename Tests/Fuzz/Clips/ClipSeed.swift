// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TestSupport
package import Vocabulary

/// A whole clip that mutations start from.
package struct ClipSeed: Sendable {
  package let codec: String
  /// The file ending that `scenegen` knows the container by.
  package let container: String
  package let size: PixelSize
  package let bytes: [UInt8]

  /// Which it is, as reports call it.
  package var name: String { "\(codec).\(container) \(size.width)x\(size.height)" }

  var form: ClipForm {
    switch container {
    case "mp4": .boxes
    case "mkv", "webm": .ebml
    case "avi": .riff
    case "m2ts": .packets(length: 192)
    default: .packets(length: 188)
    }
  }

  /// How its coded pictures are divided.
  var units: UnitForm {
    switch codec {
    case "h264", "hevc": ["mp4", "mkv"].contains(container) ? .lengths : .startCodes
    case "mpeg4": .startCodes
    case "mjpeg": .markers
    case "av1": .obus
    default: .none
    }
  }

  /// Every codec in every container that carries it and that a decoder takes, and a second one of
  /// another size in most.
  package static func all() throws -> [ClipSeed] {
    var wanted = kinds.map { kind in
      (kind.codec, kind.container, PixelSize(width: 160, height: 90), [String]())
    }
    wanted += kinds.filter { $0.container != "avi" && $0.container != "webm" }.map { kind in
      (kind.codec, kind.container, PixelSize(width: 96, height: 64), odd(kind.container))
    }
    let list = wanted
    let made = Mutex<[Int: Result<ClipSeed, any Error>]>([:])
    inParallel(2) { job in
      for index in stride(from: job, to: list.count, by: 2) {
        let (codec, container, size, more) = list[index]
        let result = Result {
          let options = [
            "--codec", codec, "--container", container, "--size",
            "\(size.width)x\(size.height)", "--seconds", "0.8",
          ]
          return ClipSeed(
            codec: codec, container: container, size: size,
            bytes: try ClipMaker.card(options + more))
        }
        made.withLock { $0[index] = result }
      }
    }
    let seeds = try made.withLock { made in
      try wanted.indices.compactMap { try made[$0]?.get() }
    }
    return seeds + seeds.filter { $0.container == "ts" }.prefix(2).map(\.stamped)
  }

  /// What the second seed of a container has besides: a turn, times without a beat.
  private static func odd(_ container: String) -> [String] {
    switch container {
    case "mp4": ["--rotate", "90", "--variable-rate"]
    case "mkv", "webm": ["--variable-rate", "--aspect", "4:3"]
    default: ["--aspect", "4:3"]
    }
  }

  /// A transport stream as discs and some cameras have it: a time stamp before each packet.
  private var stamped: ClipSeed {
    let packets = stride(from: 0, to: bytes.count, by: 188).flatMap { start in
      ClipForm.number(UInt64(start), count: 4) + bytes[start..<min(start + 188, bytes.count)]
    }
    return ClipSeed(codec: codec, container: "m2ts", size: size, bytes: packets)
  }

  /// VP9, AV1 and MJPEG have no place in a transport stream that libav would read back, nor has
  /// HEVC in AVI.
  static let kinds: [(codec: String, container: String)] =
    ["h264", "hevc", "mpeg4", "mjpeg", "vp9", "av1"].flatMap { codec in
      ["mp4", "mkv", "webm", "avi", "ts"].compactMap { container in
        switch container {
        case "webm": ["vp9", "av1"].contains(codec) ? (codec, container) : nil
        case "ts": ["h264", "hevc", "mpeg4"].contains(codec) ? (codec, container) : nil
        case "avi": codec == "hevc" ? nil : (codec, container)
        default: (codec, container)
        }
      }
    }
}
