// SPDX-License-Identifier: Apache-2.0
import CLibAVEncoding

/// What a demuxer and decoder find in a file, for tests.
///
/// Safety: every libav object lives within `init`, which frees it on all ways out.
struct ClipProbe {
  var codec = ""
  var container = ""
  var isVideo = false
  var streamCount = 0
  var width = 0
  var height = 0
  var aspect = (width: 0, height: 0)
  /// Clockwise degrees of the display matrix; 0 where there is none.
  var rotation = 0
  /// Presentation times of the decoded pictures in seconds.
  var times: [Double] = []
  /// The luma plane of each decoded picture, rows without padding.
  var luma: [[UInt8]] = []

  /// Reads a file to its end; nil where libav cannot open it or finds no codec.
  init?(_ path: String) {
    var input: UnsafeMutablePointer<AVFormatContext>?
    guard unsafe avformat_open_input(&input, path, nil, nil) >= 0 else { return nil }
    defer { unsafe avformat_close_input(&input) }
    guard let input = unsafe input, unsafe avformat_find_stream_info(input, nil) >= 0,
      let stream = unsafe input.pointee.streams[0],
      let parameters = unsafe stream.pointee.codecpar,
      let decoder = unsafe avcodec_find_decoder(parameters.pointee.codec_id)
    else { return nil }
    var context = unsafe avcodec_alloc_context3(decoder)
    defer { unsafe avcodec_free_context(&context) }
    guard let context = unsafe context,
      unsafe avcodec_parameters_to_context(context, parameters) >= 0,
      unsafe avcodec_open2(context, decoder, nil) >= 0
    else { return nil }
    unsafe codec = String(cString: avcodec_get_name(parameters.pointee.codec_id))
    unsafe container = String(cString: input.pointee.iformat.pointee.name)
    unsafe isVideo = parameters.pointee.codec_type == AVMEDIA_TYPE_VIDEO
    unsafe streamCount = Int(input.pointee.nb_streams)
    unsafe width = Int(parameters.pointee.width)
    unsafe height = Int(parameters.pointee.height)
    let shape = unsafe parameters.pointee.sample_aspect_ratio
    aspect = (Int(shape.num), Int(shape.den))
    unsafe readRotation(stream)
    unsafe read(input, stream, context)
  }

  private mutating func readRotation(_ stream: UnsafeMutablePointer<AVStream>) {
    guard
      let bytes = unsafe av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, nil)
    else { return }
    let counterclockwise = unsafe bytes.withMemoryRebound(to: Int32.self, capacity: 9) {
      unsafe av_display_rotation_get($0)
    }
    rotation = (Int((-counterclockwise).rounded()) + 360) % 360
  }

  private mutating func read(
    _ input: UnsafeMutablePointer<AVFormatContext>, _ stream: UnsafeMutablePointer<AVStream>,
    _ context: UnsafeMutablePointer<AVCodecContext>
  ) {
    var packet = unsafe av_packet_alloc()
    var frame = unsafe av_frame_alloc()
    defer {
      unsafe av_packet_free(&packet)
      unsafe av_frame_free(&frame)
    }
    guard let packet = unsafe packet, let frame = unsafe frame else { return }
    while unsafe av_read_frame(input, packet) >= 0 {
      if unsafe packet.pointee.stream_index == 0 {
        _ = unsafe avcodec_send_packet(context, packet)
        unsafe drain(context, frame, stream.pointee.time_base)
      }
      unsafe av_packet_unref(packet)
    }
    _ = unsafe avcodec_send_packet(context, nil)
    unsafe drain(context, frame, stream.pointee.time_base)
  }

  private mutating func drain(
    _ context: UnsafeMutablePointer<AVCodecContext>, _ frame: UnsafeMutablePointer<AVFrame>,
    _ base: AVRational
  ) {
    while unsafe avcodec_receive_frame(context, frame) >= 0 {
      let ticks = unsafe frame.pointee.best_effort_timestamp
      times.append(Double(ticks) * Double(base.num) / Double(base.den))
      guard isVideo, let plane = unsafe frame.pointee.data.0 else { continue }
      var samples: [UInt8] = []
      for row in 0..<height {
        let start = unsafe plane + row * Int(frame.pointee.linesize.0)
        unsafe samples += UnsafeBufferPointer(start: start, count: width)
      }
      luma.append(samples)
    }
  }
}
