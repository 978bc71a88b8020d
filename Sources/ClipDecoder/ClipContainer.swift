// SPDX-License-Identifier: Apache-2.0

import Vocabulary
/// The containers a clip may have, told apart by their first bytes.
///
/// FFmpeg's own probing would run all of its some 300 demuxers' probes over a stranger's bytes; one
/// look at the signature leaves just the demuxer that is wanted.
enum ClipContainer: String, CaseIterable {
  /// MP4, MOV and their kin (ISO/IEC 14496-12).
  case mov
  /// Matroska and WebM (RFC 9559).
  case matroska
  /// MPEG transport stream (ISO/IEC 13818-1), packets of 188 or 192 bytes.
  case mpegts
  /// AVI (RIFF).
  case avi

  /// Tells a container by its signature.
  ///
  /// Throws `containerNotAllowed` for another known media container, `notVideo` for the rest.
  init(signatureOf head: [UInt8]) throws(ClipError) {
    func has(_ text: String, at offset: Int) -> Bool {
      head.dropFirst(offset).starts(with: text.utf8)
    }
    if Self.movBoxes.contains(where: { has($0, at: 4) }) {
      self = .mov
    } else if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
      self = .matroska
    } else if has("RIFF", at: 0), has("AVI", at: 8) {
      self = .avi
    } else if Self.isTransportStream(head) {
      self = .mpegts
    } else if Self.others.contains(where: { head.starts(with: $0) }) {
      throw .containerNotAllowed
    } else {
      throw .notVideo
    }
  }

  /// The number of first bytes that tell a container.
  static let signatureLength = 3 * 192

  private static let movBoxes = ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"]

  /// FLV, Ogg, RIFF of another kind, ASF, MPEG program stream, RealMedia, IVF, YUV4MPEG2, raw MPEG.
  private static let others: [[UInt8]] = [
    Array("FLV".utf8), Array("OggS".utf8), Array("RIFF".utf8), [0x30, 0x26, 0xB2, 0x75],
    [0x00, 0x00, 0x01, 0xBA], [0x00, 0x00, 0x01, 0xB3], Array(".RMF".utf8), Array("DKIF".utf8),
    Array("YUV4MPEG2".utf8),
  ]

  private static func isTransportStream(_ head: [UInt8]) -> Bool {
    [(188, 0), (192, 4)].contains { (packet: Int, offset: Int) -> Bool in
      let marks = stride(from: offset, to: head.count, by: packet).prefix(3)
      return head.count >= packet && marks.allSatisfy { head[$0] == 0x47 }
    }
  }
}
