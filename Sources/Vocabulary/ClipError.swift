// SPDX-License-Identifier: Apache-2.0

/// Why a clip cannot be played; the raw value is its byte on the wire.
package enum ClipError: UInt8, Error, CaseIterable, Sendable {
  /// Not one of the video containers, or one without any picture or sound.
  case notVideo = 1
  /// It has sound but no pictures.
  case audioOnly = 2
  /// It ends before its first picture.
  case truncated = 3
  /// A video container, but none of MP4/MOV, Matroska/WebM, MPEG-TS, AVI.
  case containerNotAllowed = 4
  /// Its pictures are not coded in one of the allowed codecs, or libavcodec lacks that decoder.
  case codecNotAllowed = 5
  /// A picture is wider or higher than 4096 pixels.
  case tooManyPixels = 6
  /// A picture lies after 60 s.
  case tooLong = 7
  /// More pictures than 7,200.
  case tooManyFrames = 8
  /// More bytes than 100 MiB.
  case tooManyBytes = 9
  /// Its bytes contradict themselves, and no picture came of them.
  case damaged = 10
  /// Memory ran out while decoding it.
  case outOfMemory = 11

  /// What is wrong, as the part of a sentence that follows the clip's name.
  package var sentence: String {
    switch self {
    case .notVideo: "is not a video file"
    case .audioOnly: "has sound but no pictures"
    case .truncated: "ends before its first picture"
    case .containerNotAllowed: "is not MP4, MOV, Matroska, WebM, MPEG-TS or AVI"
    case .codecNotAllowed: "is not coded as H.264, HEVC, MPEG-4, MJPEG, VP9 or AV1"
    case .tooManyPixels: "has pictures larger than 4096 × 4096"
    case .tooLong: "is longer than 60 seconds"
    case .tooManyFrames: "has more than 7,200 pictures"
    case .tooManyBytes: "is larger than 100 MiB"
    case .damaged: "is damaged: no picture could be decoded"
    case .outOfMemory: "needs more memory than a decoder may have"
    }
  }
}
