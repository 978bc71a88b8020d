// SPDX-License-Identifier: Apache-2.0
import CLibAV
import Vocabulary

/// A clip's container, opened, with its one stream of pictures chosen and every other discarded.
///
/// Memory safety: the format context is owned here and closed before the source it reads from; the
/// stream pointer is one of the context's own and lives as long.
@safe final class Demuxer {
  /// What the headers say.
  let info: StreamInfo
  /// The stream of pictures.
  let stream: UnsafeMutablePointer<AVStream>

  private let format: UnsafeMutablePointer<AVFormatContext>
  private let source: MemorySource
  private var packetsLeft = ClipLimits.packetCount

  /// Whether the demuxer asked for bytes after the last.
  var reachedEnd: Bool { source.reachedEnd }

  /// Opens the container in `bytes`, which must outlive the demuxer.
  init(bytes: UnsafeRawBufferPointer) throws(ClipError) {
    guard bytes.count <= ClipLimits.byteCount else { throw .tooManyBytes }
    let head = unsafe [UInt8](bytes.prefix(ClipContainer.signatureLength))
    let container = try ClipContainer(signatureOf: head)
    source = try unsafe MemorySource(bytes: bytes)
    unsafe format = try unsafe Self.open(container, source)
    do throws(ClipError) {
      unsafe stream = try unsafe Self.findPictures(format, source)
      info = try unsafe Self.describe(format, stream)
    } catch {
      var closing: UnsafeMutablePointer<AVFormatContext>? = unsafe format
      unsafe avformat_close_input(&closing)
      throw error
    }
  }

  deinit {
    var closing: UnsafeMutablePointer<AVFormatContext>? = unsafe format
    unsafe avformat_close_input(&closing)
  }

  /// Reads the next packet of pictures; false at the end, and where the rest cannot be read.
  func read(into packet: UnsafeMutablePointer<AVPacket>) throws(ClipError) -> Bool {
    while packetsLeft > 0 {
      packetsLeft -= 1
      let result = unsafe av_read_frame(format, packet)
      if result == av_error_no_memory { throw .outOfMemory }
      guard result >= 0 else { return false }
      if unsafe packet.pointee.stream_index == stream.pointee.index { return true }
      unsafe av_packet_unref(packet)
    }
    return false
  }

  /// What libav may use to open a clip: its container, its codecs, no protocol and no other file.
  static let options: [(name: String, value: String)] = [
    ("format_whitelist", ClipContainer.allCases.map(\.rawValue).joined(separator: ",")),
    ("codec_whitelist", PictureCodec.whitelist), ("protocol_whitelist", ""),
    ("probesize", "5000000"), ("analyzeduration", "2000000"), ("max_streams", "16"),
    ("enable_drefs", "0"),
  ]

  /// Opens the container with just its own demuxer, which may open nothing else.
  private static func open(
    _ container: ClipContainer, _ source: MemorySource
  ) throws(ClipError) -> UnsafeMutablePointer<AVFormatContext> {
    guard let input = unsafe av_find_input_format(container.rawValue) else {
      throw .containerNotAllowed
    }
    var format = unsafe avformat_alloc_context()
    guard let context = unsafe format else { throw .outOfMemory }
    unsafe context.pointee.pb = unsafe source.context
    unsafe context.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
    var options: OpaquePointer?
    defer { unsafe av_dict_free(&options) }
    for (name, value) in Self.options { unsafe av_dict_set(&options, name, value, 0) }
    // On failure libav frees the context itself, but not our source.
    let result = unsafe avformat_open_input(&format, nil, input, &options)
    guard result >= 0, let opened = unsafe format else {
      if result == av_error_no_memory { throw .outOfMemory }
      throw source.reachedEnd ? .truncated : .damaged
    }
    return unsafe opened
  }

  private static func findPictures(
    _ format: UnsafeMutablePointer<AVFormatContext>, _ source: MemorySource
  ) throws(ClipError) -> UnsafeMutablePointer<AVStream> {
    let result = unsafe probe(format)
    if result == av_error_no_memory { throw .outOfMemory }
    var chosen: UnsafeMutablePointer<AVStream>?
    var hasSound = false
    for index in 0..<Int(unsafe format.pointee.nb_streams) {
      guard let stream = unsafe format.pointee.streams[index] else { continue }
      let kind = unsafe stream.pointee.codecpar.pointee.codec_type
      let isCover = unsafe stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC != 0
      if kind == AVMEDIA_TYPE_VIDEO, !isCover, unsafe chosen == nil {
        unsafe chosen = unsafe stream
      } else {
        unsafe stream.pointee.discard = AVDISCARD_ALL
        if kind == AVMEDIA_TYPE_AUDIO { hasSound = true }
      }
    }
    if let chosen = unsafe chosen { return unsafe chosen }
    if hasSound { throw .audioOnly }
    throw source.reachedEnd && result < 0 ? .truncated : .notVideo
  }

  /// Lets libav decode as far as it must to know the streams, within the limit of pixels.
  private static func probe(_ format: UnsafeMutablePointer<AVFormatContext>) -> Int32 {
    var options = unsafe [OpaquePointer?](
      repeating: nil, count: Int(format.pointee.nb_streams))
    defer { for index in unsafe options.indices { unsafe av_dict_free(&options[index]) } }
    for index in unsafe options.indices {
      unsafe av_dict_set(&options[index], "max_pixels", String(PictureDecoder.mostPixels), 0)
    }
    return unsafe options.withUnsafeMutableBufferPointer {
      unsafe avformat_find_stream_info(format, $0.baseAddress)
    }
  }

  private static func describe(
    _ format: UnsafeMutablePointer<AVFormatContext>, _ stream: UnsafeMutablePointer<AVStream>
  ) throws(ClipError) -> StreamInfo {
    let parameters = unsafe stream.pointee.codecpar.pointee
    guard let codec = unsafe PictureCodec(parameters.codec_id) else { throw .codecNotAllowed }
    let size = unsafe PixelSize(width: Int(parameters.width), height: Int(parameters.height))
    guard size.width <= ClipLimits.side, size.height <= ClipLimits.side else {
      throw .tooManyPixels
    }
    guard size.width > 0, size.height > 0 else { throw .truncated }
    let duration = unsafe Self.duration(format, stream)
    // Containers round up, and count the sound; the pictures' own times are held to the limit
    // later.
    guard duration <= ClipLimits.duration + MediaTime(milliseconds: 1000) else { throw .tooLong }
    let turns = unsafe Self.turns(stream)
    let aspect = unsafe av_guess_sample_aspect_ratio(format, stream, nil)
    let isSideways = turns == .one || turns == .three
    return StreamInfo(
      storedSize: size, turns: turns, pixelAspect: Self.pixelAspect(aspect, inverted: isSideways),
      frameRate: Self.frameRate(unsafe av_guess_frame_rate(format, stream, nil)),
      expectedDuration: duration, codecName: codec.rawValue)
  }

  private static func duration(
    _ format: UnsafeMutablePointer<AVFormatContext>, _ stream: UnsafeMutablePointer<AVStream>
  ) -> MediaTime {
    let own = unsafe stream.pointee.duration
    if own != av_no_stamp, own > 0 {
      let base = unsafe stream.pointee.time_base
      return MediaTime(
        microseconds: max(0, av_rescale_q(own, base, AVRational(num: 1, den: 1_000_000))))
    }
    let whole = unsafe format.pointee.duration
    return whole != av_no_stamp && whole > 0 ? MediaTime(microseconds: whole) : .zero
  }

  /// The display matrix's turn, to the nearest quarter.
  private static func turns(_ stream: UnsafeMutablePointer<AVStream>) -> QuarterTurns {
    var length = 0
    guard
      let bytes = unsafe av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &length),
      length >= 9 * MemoryLayout<Int32>.size
    else { return .none }
    let matrix = (0..<9).map {
      unsafe UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self)
    }
    let counterclockwise = unsafe matrix.withUnsafeBufferPointer {
      unsafe av_display_rotation_get($0.baseAddress)
    }
    guard counterclockwise.isFinite else { return .none }
    let quarters = Int((-counterclockwise / 90).rounded())
    return QuarterTurns(rawValue: ((quarters % 4) + 4) % 4) ?? .none
  }

  private static func pixelAspect(_ ratio: AVRational, inverted: Bool) -> Ratio {
    var (numerator, denominator): (Int32, Int32) = (0, 0)
    unsafe av_reduce(&numerator, &denominator, Int64(ratio.num), Int64(ratio.den), 4095)
    let shape = Ratio(Int(numerator), Int(denominator))
    guard numerator > 0, denominator > 0, (1.0 / 16...16).contains(shape.value) else { return .one }
    return inverted ? Ratio(shape.denominator, shape.numerator) : shape
  }

  private static func frameRate(_ ratio: AVRational) -> Ratio {
    let rate = Ratio(Int(ratio.num), Int(ratio.den))
    guard ratio.num > 0, ratio.den > 0, (0.01...1000).contains(rate.value) else {
      return Ratio(25, 1)
    }
    return rate
  }
}
