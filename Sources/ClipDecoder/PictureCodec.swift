// SPDX-License-Identifier: Apache-2.0
import CLibAV

/// The codecs a clip's pictures may be coded in; the raw value is the name shown.
enum PictureCodec: String, CaseIterable {
  case h264, hevc, mpeg4, mjpeg, vp9, av1

  /// The codec of a libavcodec id; nil where it is not allowed.
  init?(_ id: AVCodecID) {
    guard let codec = Self.allCases.first(where: { $0.id == id }) else { return nil }
    self = codec
  }

  /// The names of the decoders that may be opened, as libav's whitelist.
  static let whitelist = allCases.flatMap(\.decoderNames).joined(separator: ",")

  /// The decoders that serve it, best first.
  ///
  /// libav's own `av1` needs graphics hardware, which a decoder process never touches.
  var decoderNames: [String] { self == .av1 ? ["libdav1d", "libaom-av1"] : [rawValue] }

  private var id: AVCodecID {
    switch self {
    case .h264: AV_CODEC_ID_H264
    case .hevc: AV_CODEC_ID_HEVC
    case .mpeg4: AV_CODEC_ID_MPEG4
    case .mjpeg: AV_CODEC_ID_MJPEG
    case .vp9: AV_CODEC_ID_VP9
    case .av1: AV_CODEC_ID_AV1
    }
  }
}
