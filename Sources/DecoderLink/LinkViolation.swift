// SPDX-License-Identifier: Apache-2.0

package import Veil

/// What a decoder sent that an honest one never sends.
package enum LinkViolation: Error, Hashable, Sendable {
  /// A kind of message that does not exist.
  case unknownKind(UInt8)
  /// A message with an impossible field, or with padding that is not zero.
  case malformed
  /// The end of the messages inside a message.
  case cutMessage
  /// A message that has no place here: before `opened`, twice, or after the end.
  case outOfPlace
  /// A picture's time that does not lie after the one before, or beyond the greatest length.
  case timeNotRising
  /// More pictures, holds or signs of life than a clip can have.
  case tooMany
  /// A ring slot that does not exist.
  case wrongSlot
  /// A number of bytes that does not fit the size, or the slot.
  case wrongLength
  /// A picture that was not asked for.
  case notAsked
  /// A picture finer, larger or with other values than frost and camera allow.
  case refused(VeilError)

  /// What happened, as the part of a sentence that follows "the decoder".
  package var sentence: String {
    switch self {
    case .unknownKind: "sent an unknown message"
    case .malformed: "sent a malformed message"
    case .cutMessage: "sent half a message"
    case .outOfPlace: "sent a message out of place"
    case .timeNotRising: "sent pictures out of order"
    case .tooMany: "sent more than a clip can have"
    case .wrongSlot, .wrongLength: "sent a picture that does not fit"
    case .notAsked: "sent a picture nobody asked for"
    case .refused(.finerThanAllowed): "sent a picture finer than the frost allows"
    case .refused(.clearWithoutGrant): "sent a clear picture without a grant"
    case .refused(.lookIsOver): "sent a clear picture after its look was over"
    case .refused(.outsideLens): "sent what lies outside of the lens"
    case .refused(.wrongSize), .refused(.wrongByteCount):
      "sent a picture of a size that the frost does not have"
    case .refused(.valueTooHigh): "sent more greys than the frost has"
    case .refused(.uncovered): "sent what a region covers"
    case .refused(.noPicture): "sent a picture where there is none"
    }
  }
}
