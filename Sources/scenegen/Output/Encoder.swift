// SPDX-License-Identifier: Apache-2.0
import CLibAVEncoding

/// One clip being encoded and wrapped by libav; ends as a whole file only after `finish()`.
///
/// Safety: the four libav objects are allocated in `init`, never handed out, and freed in `deinit`
/// alone; each use lies between the two. Planes are copied row by row into buffers that
/// `av_frame_get_buffer` made for the same size, and sizes are checked before the copy.
@safe final class Encoder {
  private var container: UnsafeMutablePointer<AVFormatContext>?
  private var codec: UnsafeMutablePointer<AVCodecContext>?
  private var frame: UnsafeMutablePointer<AVFrame>?
  private var packet: UnsafeMutablePointer<AVPacket>?
  private var isOpen = false

  /// Whether the codec takes samples over the whole of 0…255.
  let isFullRange: Bool
  private let format: ClipFormat
  /// Whether there is no picture, only silence.
  private let isAudio: Bool

  /// Creates the file and writes its header; `audioOnly` makes a file without a picture.
  init(path: String, format: ClipFormat, audioOnly: Bool = false) throws(SceneError) {
    self.format = format
    isAudio = audioOnly
    isFullRange = format.codec == .mjpeg
    av_log_set_level(AV_LOG_ERROR)
    unsafe frame = av_frame_alloc()
    unsafe packet = av_packet_alloc()
    try Self.check(
      "make the container",
      unsafe avformat_alloc_output_context2(&container, nil, format.container.muxer, nil))
    let found = unsafe try audioOnly ? Self.find(["aac"], "audio") : Self.video(format.codec)
    unsafe codec = avcodec_alloc_context3(found)
    guard unsafe frame != nil, unsafe packet != nil, unsafe codec != nil else {
      throw .encoding("start", "out of memory")
    }
    if audioOnly { try describeAudio() } else { try describeVideo() }
    try open(path)
  }

  deinit {
    if isOpen, let container = unsafe container { unsafe avio_closep(&container.pointee.pb) }
    unsafe avcodec_free_context(&codec)
    unsafe avformat_free_context(container)
    unsafe av_frame_free(&frame)
    unsafe av_packet_free(&packet)
  }

  /// Encodes the next picture, shown at `ticks` of the format's time base.
  func write(_ planes: Sensor.Planes, ticks: Int64) throws(SceneError) {
    guard let frame = unsafe frame else { return }
    try Self.check("reuse a picture", unsafe av_frame_make_writable(frame))
    unsafe Self.copy(planes.luma, format.width, to: frame.pointee.data.0, frame.pointee.linesize.0)
    let half = format.width / 2
    unsafe Self.copy(planes.blue, half, to: frame.pointee.data.1, frame.pointee.linesize.1)
    unsafe Self.copy(planes.red, half, to: frame.pointee.data.2, frame.pointee.linesize.2)
    unsafe frame.pointee.pts = ticks
    unsafe frame.pointee.pict_type = AV_PICTURE_TYPE_NONE
    unsafe try send(frame)
  }

  /// Encodes silence of the format's length.
  func writeSilence() throws(SceneError) {
    guard let frame = unsafe frame, let codec = unsafe codec else { return }
    let samples = Int64(format.seconds * Double(unsafe codec.pointee.sample_rate))
    var done: Int64 = 0
    while done < samples {
      unsafe frame.pointee.pts = done
      unsafe try send(frame)
      unsafe done += Int64(frame.pointee.nb_samples)
    }
  }

  /// Drains the encoder and completes the file.
  func finish() throws(SceneError) {
    unsafe try send(nil)
    try Self.check("complete the file", unsafe av_write_trailer(container))
    if let container = unsafe container { unsafe avio_closep(&container.pointee.pb) }
    isOpen = false
  }
}

extension Encoder {
  /// The name of the encoder that stands behind a codec here; nil where there is none.
  static func encoderName(_ codec: ClipCodec) -> String? {
    codec.encoders.first { unsafe avcodec_find_encoder_by_name($0) != nil }
  }

  private static func video(_ codec: ClipCodec) throws(SceneError) -> UnsafePointer<AVCodec> {
    unsafe try find(codec.encoders, codec.rawValue)
  }

  private static func find(
    _ names: [String], _ what: String
  ) throws(SceneError) -> UnsafePointer<AVCodec> {
    for name in names {
      if let found = unsafe avcodec_find_encoder_by_name(name) { return unsafe found }
    }
    throw .noEncoder(what)
  }

  private func describeVideo() throws(SceneError) {
    guard let codec = unsafe codec, let frame = unsafe frame else { return }
    let pixels = isFullRange ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P
    unsafe codec.pointee.width = Int32(format.width)
    unsafe codec.pointee.height = Int32(format.height)
    unsafe codec.pointee.pix_fmt = pixels
    unsafe codec.pointee.time_base = AVRational(num: 1, den: Int32(format.ticksPerSecond))
    unsafe codec.pointee.framerate = AVRational(num: Int32(format.framesPerSecond), den: 1)
    unsafe codec.pointee.sample_aspect_ratio = AVRational(
      num: Int32(format.aspect.width), den: Int32(format.aspect.height))
    unsafe codec.pointee.gop_size = Int32(format.framesPerSecond * 4)
    // AVI has no presentation times of its own, so its pictures must come in order.
    if format.container == .avi { unsafe codec.pointee.max_b_frames = 0 }
    unsafe codec.pointee.color_range = isFullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
    unsafe codec.pointee.colorspace = AVCOL_SPC_SMPTE170M
    let name = unsafe codec.pointee.codec.flatMap { unsafe String(cString: $0.pointee.name) } ?? ""
    for option in ClipCodec.options(encoder: name) {
      // A build of the encoder without one of them still makes a good clip.
      _ = unsafe av_opt_set(
        codec, option.name, option.value, AV_OPT_SEARCH_CHILDREN)
    }
    unsafe frame.pointee.format = pixels.rawValue
    unsafe frame.pointee.width = Int32(format.width)
    unsafe frame.pointee.height = Int32(format.height)
    unsafe frame.pointee.color_range = codec.pointee.color_range
    unsafe frame.pointee.colorspace = codec.pointee.colorspace
    try Self.check("make room for a picture", unsafe av_frame_get_buffer(frame, 0))
  }

  private func describeAudio() throws(SceneError) {
    guard let codec = unsafe codec, let frame = unsafe frame else { return }
    unsafe codec.pointee.sample_fmt = AV_SAMPLE_FMT_FLTP
    unsafe codec.pointee.sample_rate = 48_000
    unsafe codec.pointee.bit_rate = 32_000
    unsafe codec.pointee.time_base = AVRational(num: 1, den: 48_000)
    try Self.check("choose one channel", unsafe ffe_mono(codec, frame))
    unsafe frame.pointee.format = AV_SAMPLE_FMT_FLTP.rawValue
    unsafe frame.pointee.sample_rate = 48_000
    unsafe frame.pointee.nb_samples = 1024
    try Self.check("make room for sound", unsafe av_frame_get_buffer(frame, 0))
    try Self.check(
      "make silence",
      unsafe av_samples_set_silence(
        frame.pointee.extended_data, 0, frame.pointee.nb_samples, 1, AV_SAMPLE_FMT_FLTP))
  }

  private func open(_ path: String) throws(SceneError) {
    guard let container = unsafe container, let codec = unsafe codec else { return }
    unsafe container.pointee.flags |= AVFMT_FLAG_BITEXACT
    unsafe codec.pointee.flags |= Int32(bitPattern: UInt32(AV_CODEC_FLAG_BITEXACT))
    unsafe codec.pointee.thread_count = 1
    if unsafe container.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 {
      unsafe codec.pointee.flags |= Int32(bitPattern: UInt32(AV_CODEC_FLAG_GLOBAL_HEADER))
    }
    try Self.check("start the encoder", unsafe avcodec_open2(codec, nil, nil))
    guard let stream = unsafe avformat_new_stream(container, nil) else {
      throw .encoding("add a stream", "out of memory")
    }
    unsafe stream.pointee.time_base = codec.pointee.time_base
    unsafe stream.pointee.sample_aspect_ratio = codec.pointee.sample_aspect_ratio
    if !isAudio {
      unsafe stream.pointee.avg_frame_rate = codec.pointee.framerate
      unsafe try turn(stream)
    }
    try Self.check(
      "describe the stream",
      unsafe avcodec_parameters_from_context(stream.pointee.codecpar, codec))
    let opened = unsafe avio_open(&container.pointee.pb, "file:" + path, AVIO_FLAG_WRITE)
    guard opened >= 0 else { throw .cannotWrite(path, Self.words(opened)) }
    isOpen = true
    try Self.check("write the header", unsafe avformat_write_header(container, nil))
  }

  private func turn(_ stream: UnsafeMutablePointer<AVStream>) throws(SceneError) {
    guard format.rotation != 0 else { return }
    let count = 9 * MemoryLayout<Int32>.size
    guard let bytes = unsafe av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, count)
    else { throw .encoding("store the rotation", "out of memory") }
    unsafe bytes.withMemoryRebound(to: Int32.self, capacity: 9) { matrix in
      unsafe av_display_rotation_set(matrix, Double(format.rotation))
    }
  }

  private func send(_ frame: UnsafeMutablePointer<AVFrame>?) throws(SceneError) {
    guard let container = unsafe container, let codec = unsafe codec, let packet = unsafe packet,
      let stream = unsafe container.pointee.streams[0]
    else { return }
    try Self.check("encode", unsafe avcodec_send_frame(codec, frame))
    while true {
      let result = unsafe avcodec_receive_packet(codec, packet)
      if result == ffe_EAGAIN || result == ffe_EOF { return }
      try Self.check("encode", result)
      if unsafe packet.pointee.duration == 0, !isAudio {
        unsafe packet.pointee.duration = Int64(format.ticksPerSecond / format.framesPerSecond)
      }
      unsafe av_packet_rescale_ts(packet, codec.pointee.time_base, stream.pointee.time_base)
      unsafe packet.pointee.stream_index = 0
      try Self.check("write", unsafe av_interleaved_write_frame(container, packet))
    }
  }

  private static func copy(
    _ samples: [UInt8], _ width: Int, to base: UnsafeMutablePointer<UInt8>?, _ stride: Int32
  ) {
    guard let base = unsafe base, width > 0 else { return }
    unsafe samples.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      for row in 0..<samples.count / width {
        unsafe (base + row * Int(stride)).update(from: start + row * width, count: width)
      }
    }
  }

  private static func check(_ step: String, _ result: Int32) throws(SceneError) {
    guard result < 0 else { return }
    throw .encoding(step, words(result))
  }

  private static func words(_ code: Int32) -> String {
    var text = [CChar](repeating: 0, count: Int(AV_ERROR_MAX_STRING_SIZE))
    _ = unsafe av_strerror(code, &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
