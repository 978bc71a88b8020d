// SPDX-License-Identifier: Apache-2.0

internal import DecoderLink
internal import Lockdown
internal import Veil
internal import Vocabulary

extension DecoderFailure {
  /// Why a clip cannot be played, in the reviewer's language.
  func spoken(_ clip: ClipID, _ texts: Texts) -> String {
    switch self {
    case .clip(let refusal): texts(refusal.phrase, clip.short)
    case .crashed(.signalled(let signal)): texts(DecodingPhrase.crashed, clip.short, signal)
    case .crashed(.exited(let code)): texts(DecodingPhrase.gaveUp, clip.short, code)
    case .hung: texts(DecodingPhrase.hung, clip.short)
    case .lied(let violation): texts(violation.phrase, clip.short)
    case .notStarted(let code): texts(DecodingPhrase.notStarted, clip.short, texts.system(code))
    case .hostGone: texts(DecodingPhrase.hostGone, clip.short)
    }
  }
}

extension LinkError {
  /// Why no decoder was had for a clip, in the reviewer's language.
  func spoken(_ clip: ClipID, _ texts: Texts) -> String {
    switch self {
    case .cannotStart(let error), .system(let error):
      texts(DecodingPhrase.notStarted, clip.short, error.spoken(texts))
    case .memory(let error): texts(DecodingPhrase.noMemory, clip.short, error.spoken(texts))
    case .hostGone: texts(DecodingPhrase.hostGone, clip.short)
    }
  }
}

extension ClipError {
  fileprivate var phrase: DecodingPhrase {
    switch self {
    case .notVideo: .notVideo
    case .audioOnly: .audioOnly
    case .truncated: .truncated
    case .containerNotAllowed: .containerNotAllowed
    case .codecNotAllowed: .codecNotAllowed
    case .tooManyPixels: .tooManyPixels
    case .tooLong: .tooLong
    case .tooManyFrames: .tooManyFrames
    case .tooManyBytes: .tooManyBytes
    case .damaged: .damaged
    case .outOfMemory: .outOfMemory
    }
  }
}

extension LinkViolation {
  fileprivate var phrase: DecodingPhrase {
    switch self {
    case .unknownKind: .unknownMessage
    case .malformed: .malformed
    case .cutMessage: .cutMessage
    case .outOfPlace: .outOfPlace
    case .timeNotRising: .outOfOrder
    case .tooMany: .tooMany
    case .wrongSlot, .wrongLength: .unfit
    case .notAsked: .notAsked
    case .refused(.finerThanAllowed): .tooFine
    case .refused(.clearWithoutGrant): .noGrant
    case .refused(.lookIsOver): .lookIsOver
    case .refused(.outsideLens): .outsideLens
    case .refused(.wrongSize), .refused(.wrongByteCount): .wrongSize
    case .refused(.valueTooHigh): .tooManyGreys
    case .refused(.uncovered): .uncovered
    case .refused(.noPicture): .noPicture
    }
  }
}
