// SPDX-License-Identifier: Apache-2.0

/// Why a clip cannot be played; each takes its name.
package enum DecodingPhrase: String, PhraseKey {
  package static let table = "decoding"

  case notVideo = "not_video"
  case audioOnly = "audio_only"
  case truncated
  case containerNotAllowed = "container_not_allowed"
  case codecNotAllowed = "codec_not_allowed"
  case tooManyPixels = "too_many_pixels"
  case tooLong = "too_long"
  case tooManyFrames = "too_many_frames"
  case tooManyBytes = "too_many_bytes"
  case damaged
  case outOfMemory = "out_of_memory"
  case crashed
  case gaveUp = "gave_up"
  case hung
  case hostGone = "host_gone"
  case notStarted = "not_started"
  case noMemory = "no_memory"
  case unknownMessage = "unknown_message"
  case malformed
  case cutMessage = "cut_message"
  case outOfPlace = "out_of_place"
  case outOfOrder = "out_of_order"
  case tooMany = "too_many"
  case unfit
  case notAsked = "not_asked"
  case tooFine = "too_fine"
  case noGrant = "no_grant"
  case lookIsOver = "look_is_over"
  case outsideLens = "outside_lens"
  case wrongSize = "wrong_size"
  case tooManyGreys = "too_many_greys"
  case uncovered
  case noPicture = "no_picture"
}
