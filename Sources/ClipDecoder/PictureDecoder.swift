// SPDX-License-Identifier: Apache-2.0
import CLibAV
import Vocabulary

/// One codec context: packets in, pictures out.
///
/// Memory safety: the context is owned here; the size check that libav calls back into is a plain
/// function, and its opaque pointer is this object, which outlives the context it owns.
@safe final class PictureDecoder {
  private var context: UnsafeMutablePointer<AVCodecContext>?
  /// Set when the codec asked for a picture beyond the limit.
  fileprivate(set) var wasTooLarge = false

  /// The bound libav itself holds: four times our own, so that a picture just beyond ours is
  /// refused by name in `getBuffer`.
  static let mostPixels = Int64(4 * ClipLimits.side * ClipLimits.side)

  /// What a step of the decoder came to.
  enum Step { case picture, needsMore, ended, failed }

  /// Opens the decoder for a stream with one thread.
  init(stream: UnsafeMutablePointer<AVStream>, codec: PictureCodec) throws(ClipError) {
    let found = unsafe codec.decoderNames.lazy.compactMap {
      unsafe avcodec_find_decoder_by_name($0)
    }
    guard let decoder = unsafe found.first else { throw .codecNotAllowed }
    unsafe context = unsafe avcodec_alloc_context3(decoder)
    guard let context = unsafe context else { throw .outOfMemory }
    let result = unsafe avcodec_parameters_to_context(context, stream.pointee.codecpar)
    guard result >= 0 else { throw result == av_error_no_memory ? .outOfMemory : .damaged }
    unsafe context.pointee.pkt_timebase = unsafe stream.pointee.time_base
    unsafe context.pointee.thread_count = 1
    unsafe context.pointee.max_pixels = Self.mostPixels
    unsafe context.pointee.opaque = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe context.pointee.get_buffer2 = getBuffer
    let opened = unsafe avcodec_open2(context, decoder, nil)
    guard opened >= 0 else { throw opened == av_error_no_memory ? .outOfMemory : .damaged }
  }

  deinit { unsafe avcodec_free_context(&context) }

  /// Gives it a packet, nil to let it hand out what it still holds.
  ///
  /// A packet that makes no sense is skipped: the pictures after it may be whole.
  func send(_ packet: UnsafeMutablePointer<AVPacket>?) throws(ClipError) {
    let result = unsafe avcodec_send_packet(context, packet)
    _ = try check(result)
  }

  /// Takes the next picture out of it.
  func receive(_ frame: UnsafeMutablePointer<AVFrame>) throws(ClipError) -> Step {
    let result = unsafe avcodec_receive_frame(context, frame)
    if result == av_error_again { return .needsMore }
    if result == av_error_eof { return .ended }
    return try check(result) ? .picture : .failed
  }

  /// Whether it went well; throws what no later packet can mend.
  private func check(_ result: Int32) throws(ClipError) -> Bool {
    if wasTooLarge { throw .tooManyPixels }
    if result == av_error_no_memory { throw .outOfMemory }
    return result >= 0
  }
}

private let getBuffer:
  @convention(c) (UnsafeMutablePointer<AVCodecContext>?, UnsafeMutablePointer<AVFrame>?, Int32)
    -> Int32 = { context, frame, flags in
      guard let context = unsafe context, let frame = unsafe frame,
        let opaque = unsafe context.pointee.opaque
      else { return av_error_invalid }
      let side = Int32(ClipLimits.side)
      if unsafe frame.pointee.width > side || frame.pointee.height > side {
        unsafe Unmanaged<PictureDecoder>.fromOpaque(opaque).takeUnretainedValue().wasTooLarge = true
        return av_error_invalid
      }
      return unsafe avcodec_default_get_buffer2(context, frame, flags)
    }
