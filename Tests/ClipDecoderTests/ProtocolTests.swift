// SPDX-License-Identifier: Apache-2.0
import CLibAV
import Foundation
import TestSupport
import Testing

@testable import ClipDecoder

/// libav's own ways to files and networks are not reachable through the options that clips open with.
///
/// Unsafe uses: libav's calls, with strings that live through each.
struct ProtocolTests {
  /// Opens an address with these options, as libav would open what a clip refers to; its error.
  static func open(_ address: String, _ options: [(name: String, value: String)]) -> Int32 {
    var dictionary: OpaquePointer?
    defer { unsafe av_dict_free(&dictionary) }
    for (name, value) in options { unsafe av_dict_set(&dictionary, name, value, 0) }
    var format: UnsafeMutablePointer<AVFormatContext>?
    let result = unsafe avformat_open_input(&format, address, nil, &dictionary)
    unsafe avformat_close_input(&format)
    return result
  }

  @Test func protocolsOfLibavAreRefused() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "protocols-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let clip = folder.appending(path: "clip.mp4").path
    let bytes = Data(try Clip.plain.get())
    try bytes.write(to: URL(filePath: clip))
    let part = bytes.base64EncodedString()
    let reachable = [
      "file:\(clip)", clip, "concat:\(clip)|\(clip)", "data:video/mp4;base64,\(part)",
      "subfile,,start,0,end,\(bytes.count),,:\(clip)", "cache:file:\(clip)",
      "async:file:\(clip)",
    ]
    for address in reachable {
      #expect(Self.open(address, []) == 0, "\(address.prefix(40)) must open with libav's defaults")
      let result = Self.open(address, Demuxer.options)
      #expect(result < 0, "\(address.prefix(40)) opened")
    }
    // Nobody listens there: what is tried ends at once, and otherwise than what is not allowed.
    for address in ["http://127.0.0.1:9/", "tcp://127.0.0.1:9"] {
      #expect(Self.open(address, Demuxer.options) == av_error_invalid, "\(address)")
      #expect(Self.open(address, []) != av_error_invalid, "\(address)")
    }
  }

  /// A file that names another one as the place of its pictures is not followed there.
  @Test func referencesToOtherFilesAreNotFollowed() {
    let options = Dictionary(uniqueKeysWithValues: Demuxer.options.map { ($0.name, $0.value) })
    #expect(options["enable_drefs"] == "0" && options["protocol_whitelist"] == "")
    #expect(options["format_whitelist"]?.contains("hls") == false)
    #expect(options["format_whitelist"]?.contains("concat") == false)
  }
}
