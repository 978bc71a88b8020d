// SPDX-License-Identifier: Apache-2.0
import CLibAV
import Testing
import Vocabulary

@testable import ClipDecoder

/// Memory safety: frames are allocated and freed here, and written within their own rows.
struct PictureScalerTests {
  private func rgb(
    _ luma: UInt8, _ blue: UInt8, _ red: UInt8, format: AVPixelFormat = AV_PIX_FMT_YUV444P,
    space: AVColorSpace, range: AVColorRange, height: Int32 = 16
  ) throws -> [UInt8] {
    av_log_set_level(AV_LOG_QUIET)
    var frame = unsafe av_frame_alloc()
    defer { unsafe av_frame_free(&frame) }
    let picture = try unsafe #require(frame)
    unsafe picture.pointee.width = 16
    unsafe picture.pointee.height = height
    unsafe picture.pointee.format = format.rawValue
    unsafe picture.pointee.colorspace = space
    unsafe picture.pointee.color_range = range
    try #require(unsafe av_frame_get_buffer(picture, 0) == 0)
    let planes = unsafe [
      (picture.pointee.data.0, picture.pointee.linesize.0, luma),
      (picture.pointee.data.1, picture.pointee.linesize.1, blue),
      (picture.pointee.data.2, picture.pointee.linesize.2, red),
    ]
    for unsafe(start, stride, value) in unsafe planes {
      let rows = try unsafe #require(start)
      unsafe rows.update(repeating: value, count: Int(stride) * Int(height))
    }
    let scaler = PictureScaler(toGrey: false)
    let result = try unsafe scaler.scale(picture, to: PixelSize(width: 4, height: Int(height) / 4))
    return unsafe [result[0], result[1], result[2]]
  }

  private func isNear(_ left: [UInt8], _ right: [Int]) -> Bool {
    zip(left, right).allSatisfy { abs(Int($0) - $1) <= 3 }
  }

  @Test func `the stream's matrix decides`() throws {
    // Red in both matrices (ITU-R BT.601 and BT.709, limited range).
    let old = try rgb(81, 90, 240, space: AVCOL_SPC_SMPTE170M, range: AVCOL_RANGE_MPEG)
    #expect(isNear(old, [255, 0, 0]))
    let new = try rgb(63, 102, 240, space: AVCOL_SPC_BT709, range: AVCOL_RANGE_MPEG)
    #expect(isNear(new, [255, 0, 0]))
    let wrong = try rgb(63, 102, 240, space: AVCOL_SPC_SMPTE170M, range: AVCOL_RANGE_MPEG)
    #expect(!isNear(wrong, [255, 0, 0]))
  }

  @Test func `an unsaid matrix goes by the height`() throws {
    let small = try rgb(81, 90, 240, space: AVCOL_SPC_UNSPECIFIED, range: AVCOL_RANGE_UNSPECIFIED)
    #expect(isNear(small, [255, 0, 0]))
    let large = try rgb(
      63, 102, 240, space: AVCOL_SPC_UNSPECIFIED, range: AVCOL_RANGE_UNSPECIFIED, height: 720)
    #expect(isNear(large, [255, 0, 0]))
  }

  @Test func `the stream's range decides`() throws {
    let limited = try rgb(16, 128, 128, space: AVCOL_SPC_BT709, range: AVCOL_RANGE_MPEG)
    #expect(isNear(limited, [0, 0, 0]))
    let full = try rgb(16, 128, 128, space: AVCOL_SPC_BT709, range: AVCOL_RANGE_JPEG)
    #expect(isNear(full, [16, 16, 16]))
    let named = try rgb(
      16, 128, 128, format: AV_PIX_FMT_YUVJ444P, space: AVCOL_SPC_BT709,
      range: AVCOL_RANGE_UNSPECIFIED)
    #expect(isNear(named, [16, 16, 16]))
  }
}
