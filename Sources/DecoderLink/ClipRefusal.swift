// SPDX-License-Identifier: Apache-2.0

/// Why a clip cannot be played; the raw value is its byte on the wire, the same as the decoder's
/// own error has.
package enum ClipRefusal: UInt8, Error, CaseIterable, Sendable {
  case notVideo = 1
  case audioOnly = 2
  case truncated = 3
  case containerNotAllowed = 4
  case codecNotAllowed = 5
  case tooManyPixels = 6
  case tooLong = 7
  case tooManyFrames = 8
  case tooManyBytes = 9
  case damaged = 10
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
