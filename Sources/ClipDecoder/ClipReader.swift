// SPDX-License-Identifier: Apache-2.0
import CLibAV
package import Vocabulary

/// Reads a clip's pictures from bytes in memory, in the order they are shown, once from the start.
///
/// It opens no file and never decodes sound. Everything libav does for the project happens here.
///
/// Memory safety: the frame and packet are owned here and only hand out borrowed spans; each libav
/// object has one owner that frees it.
@safe package final class ClipReader {
  /// What the headers say.
  package var info: StreamInfo { demuxer.info }
  /// The current picture's time; zero for the first and before it.
  package private(set) var time = MediaTime.zero
  /// How many pictures were read so far.
  package private(set) var frameCount = 0

  private let demuxer: Demuxer
  private let decoder: PictureDecoder
  private var frame: UnsafeMutablePointer<AVFrame>?
  private var packet: UnsafeMutablePointer<AVPacket>?
  private let colourScaler = PictureScaler(toGrey: false)
  private let greyScaler = PictureScaler(toGrey: true)
  private var clock: FrameClock
  private var hasPicture = false
  private var packetCount = 0

  /// The most pictures in a row that may fail to decode.
  private static let mostFailures = ClipLimits.frameCount

  /// Opens a clip.
  ///
  /// - Parameter bytes: The whole clip; it must stay in place as long as the reader lives.
  /// - Throws: what is wrong with it, as far as its headers tell.
  package init(bytes: UnsafeRawBufferPointer) throws(ClipError) {
    av_log_set_level(AV_LOG_QUIET)
    demuxer = try unsafe Demuxer(bytes: bytes)
    guard let codec = PictureCodec(rawValue: demuxer.info.codecName) else {
      throw .codecNotAllowed
    }
    decoder = try unsafe PictureDecoder(stream: demuxer.stream, codec: codec)
    clock = FrameClock(frameRate: demuxer.info.frameRate)
    unsafe frame = unsafe av_frame_alloc()
    unsafe packet = unsafe av_packet_alloc()
    guard unsafe frame != nil, unsafe packet != nil else { throw .outOfMemory }
  }

  deinit {
    unsafe av_frame_free(&frame)
    unsafe av_packet_free(&packet)
  }

  /// Decodes the next picture; false after the last one.
  ///
  /// A clip that breaks off or is damaged after its first picture ends at the last whole one.
  /// - Throws: `truncated` or `damaged` where there is no picture at all, a limit that is passed,
  ///   or `outOfMemory`.
  package func next() throws(ClipError) -> Bool {
    guard let frame = unsafe frame else { return false }
    hasPicture = false
    var failures = 0
    while failures < Self.mostFailures {
      switch try unsafe decoder.receive(frame) {
      case .picture:
        try unsafe accept(frame.pointee)
        return true
      case .needsMore:
        if try !feed() { failures += 1 }
      case .failed:
        failures += 1
      case .ended:
        failures = Self.mostFailures
      }
    }
    guard frameCount > 0 else {
      throw demuxer.reachedEnd && packetCount < 2 ? .truncated : .damaged
    }
    return false
  }

  /// How long the current picture stands by its own word, else by the frame rate; 1 µs to 60 s.
  package var lastDuration: MediaTime {
    guard hasPicture, let frame = unsafe frame else { return clock.frameDuration }
    let own = unsafe microseconds(frame.pointee.pkt_duration)
    guard own > 0 else { return clock.frameDuration }
    return MediaTime(microseconds: min(own, ClipLimits.duration.microseconds))
  }

  private func accept(_ picture: AVFrame) throws(ClipError) {
    let (width, height) = unsafe (Int(picture.width), Int(picture.height))
    guard width <= ClipLimits.side, height <= ClipLimits.side else { throw .tooManyPixels }
    guard width > 0, height > 0 else { throw .damaged }
    frameCount += 1
    guard frameCount <= ClipLimits.frameCount else { throw .tooManyFrames }
    time = clock.time(stamp: unsafe stamp(picture))
    guard time <= ClipLimits.duration else { throw .tooLong }
    hasPicture = true
  }

  /// Gives the decoder the next packet; false after the last, when the decoder is told so.
  private func feed() throws(ClipError) -> Bool {
    guard let packet = unsafe packet else { throw .outOfMemory }
    guard try unsafe demuxer.read(into: packet) else {
      try unsafe decoder.send(nil)
      return false
    }
    packetCount += 1
    defer { unsafe av_packet_unref(packet) }
    try unsafe decoder.send(packet)
    return true
  }

  private func stamp(_ picture: AVFrame) -> Int64? {
    let stamp = unsafe picture.best_effort_timestamp
    return stamp == av_no_stamp ? nil : microseconds(stamp)
  }

  private func microseconds(_ stamp: Int64) -> Int64 {
    av_rescale_q(stamp, unsafe demuxer.stream.pointee.time_base, AVRational(num: 1, den: 1_000_000))
  }
}

extension ClipReader {
  /// Hands out the current picture's 8-bit luma as stored, before turning.
  ///
  /// The span has at least `LumaShape.byteCount` bytes. Pictures without a plane of 8-bit luma are
  /// converted, at full size.
  /// - Throws: `damaged` before the first picture and where it cannot be converted.
  package func withLuma<Result>(
    _ body: (Span<UInt8>, LumaShape) -> Result
  ) throws(ClipError) -> Result {
    guard hasPicture, let frame = unsafe frame else { throw .damaged }
    let size = unsafe PixelSize(
      width: Int(frame.pointee.width), height: Int(frame.pointee.height))
    var plane = unsafe frame.pointee.data.0
    var stride = Int(unsafe frame.pointee.linesize.0)
    if unsafe !Self.hasPlainLuma(frame.pointee.format) || stride < size.width {
      unsafe plane = try unsafe greyScaler.scale(frame, to: size)
      stride = greyScaler.stride
    }
    guard let start = unsafe plane,
      let shape = LumaShape(size: size, stride: stride, turns: info.turns)
    else { throw .damaged }
    let rows = unsafe UnsafeBufferPointer(start: UnsafePointer(start), count: shape.byteCount)
    return body(unsafe rows.span, shape)
  }

  /// The current picture upright, scaled by area to exactly `size`.
  ///
  /// Sides are taken as 1 to `ClipLimits.side`. The stream's colour matrix and range are honoured.
  /// - Throws: `damaged` before the first picture and where it cannot be converted.
  package func scaled(to size: PixelSize) throws(ClipError) -> RawFrame {
    guard hasPicture, let frame = unsafe frame else { throw .damaged }
    let upright = PixelSize(
      width: min(max(1, size.width), ClipLimits.side),
      height: min(max(1, size.height), ClipLimits.side))
    let stored = info.turns.upright(upright)
    let rows = try unsafe colourScaler.scale(frame, to: stored)
    let turn = PixelTurn(stored: stored, stride: colourScaler.stride, turns: info.turns)
    let rgb = unsafe [UInt8](unsafeUninitializedCapacity: upright.area * 3) { target, count in
      unsafe turn.copy(rows, to: target)
      count = upright.area * 3
    }
    guard let raw = RawFrame(size: upright, rgb: rgb, time: time) else { throw .damaged }
    return raw
  }

  /// Whether a pixel format's first plane is 8-bit luma, one byte a sample.
  private static func hasPlainLuma(_ format: Int32) -> Bool {
    guard let description = unsafe av_pix_fmt_desc_get(AVPixelFormat(format)) else { return false }
    let luma = unsafe description.pointee.comp.0
    let unwanted = UInt64(
      AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM
        | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BAYER)
    return unsafe description.pointee.flags & unwanted == 0 && luma.plane == 0 && luma.step == 1
      && luma.offset == 0 && luma.shift == 0 && luma.depth == 8
  }
}
