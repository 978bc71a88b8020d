// SPDX-License-Identifier: Apache-2.0
import CLibAV
import Vocabulary

/// Scales decoded pictures to one format, by area, and rebuilds itself whenever one differs.
///
/// Memory safety: the context and the buffer are owned here; the buffer is allocated for `size`
/// with rows and an end padded beyond what libswscale's vector code writes.
@safe final class PictureScaler {
  private var context: OpaquePointer?
  private var source: Source?
  private var target: PixelSize?
  private var buffer: UnsafeMutablePointer<UInt8>?

  private let format: AVPixelFormat
  private let bytesPerPixel: Int

  /// Bytes from one row of the result to the next.
  private(set) var stride = 0

  /// What of a picture the scaler depends on.
  private struct Source: Equatable {
    var width, height, format: Int32
    var matrix: UInt32
    var isFullRange: Bool
  }

  /// Makes a scaler to 24-bit RGB, or to 8-bit grey.
  init(toGrey: Bool) {
    format = toGrey ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_RGB24
    bytesPerPixel = toGrey ? 1 : 3
  }

  deinit {
    unsafe sws_freeContext(context)
    unsafe buffer?.deallocate()
  }

  /// Scales a picture; the rows stay valid until the next call.
  func scale(
    _ frame: UnsafeMutablePointer<AVFrame>, to size: PixelSize
  ) throws(ClipError) -> UnsafeMutablePointer<UInt8> {
    let picture = unsafe frame.pointee
    let source = unsafe Source(
      width: picture.width, height: picture.height, format: picture.format,
      matrix: picture.colorspace.rawValue, isFullRange: picture.color_range == AVCOL_RANGE_JPEG)
    if source != self.source || size != target { try rebuild(source, size) }
    guard let buffer = unsafe buffer else { throw .outOfMemory }
    let rows = unsafe withUnsafeBytes(of: picture.data) {
      unsafe $0.bindMemory(to: UnsafePointer<UInt8>?.self).map { unsafe $0 }
    }
    let strides = unsafe withUnsafeBytes(of: picture.linesize) {
      unsafe Array($0.bindMemory(to: Int32.self))
    }
    let result = unsafe sws_scale(
      context, rows, strides, 0, picture.height, [buffer], [Int32(stride)])
    guard result == Int32(size.height) else { throw .damaged }
    return unsafe buffer
  }

  private func rebuild(_ source: Source, _ size: PixelSize) throws(ClipError) {
    (self.source, target) = (nil, nil)
    unsafe sws_freeContext(context)
    unsafe context = unsafe sws_getContext(
      source.width, source.height, AVPixelFormat(source.format), Int32(size.width),
      Int32(size.height), format, SWS_AREA | SWS_ACCURATE_RND | SWS_BITEXACT, nil, nil, nil)
    guard unsafe context != nil else { throw .damaged }
    setColours(source)
    unsafe buffer?.deallocate()
    stride = (size.width * bytesPerPixel + 127) / 64 * 64
    let length = stride * size.height + 256
    unsafe buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: length)
    unsafe buffer?.initialize(repeating: 0, count: length)
    (self.source, target) = (source, size)
  }

  /// Honours the stream's matrix and range; unsaid, the matrix is BT.709 for high definition.
  private func setColours(_ source: Source) {
    let matrix =
      switch AVColorSpace(source.matrix) {
      case AVCOL_SPC_BT709: SWS_CS_ITU709
      case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: SWS_CS_BT2020
      case AVCOL_SPC_FCC: SWS_CS_FCC
      case AVCOL_SPC_SMPTE240M: SWS_CS_SMPTE240M
      case AVCOL_SPC_UNSPECIFIED where source.height >= 720: SWS_CS_ITU709
      default: SWS_CS_ITU601
      }
    let coefficients = unsafe sws_getCoefficients(matrix)
    let isFull = source.isFullRange || Self.fullRangeFormats.contains(AVPixelFormat(source.format))
    unsafe sws_setColorspaceDetails(
      context, coefficients, isFull ? 1 : 0, coefficients,
      format == AV_PIX_FMT_GRAY8 && !isFull ? 0 : 1, 0, 1 << 16, 1 << 16)
  }

  private static let fullRangeFormats = [
    AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUVJ440P,
    AV_PIX_FMT_YUVJ411P,
  ]
}
