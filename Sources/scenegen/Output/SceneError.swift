// SPDX-License-Identifier: Apache-2.0

/// What can go wrong, each with its sentence and its exit code after sysexits.
enum SceneError: Error, Equatable {
  /// The command line makes no sense; says why.
  case usage(String)
  /// No scene has this name.
  case noSuchScene(String)
  /// libavcodec has no encoder for the codec.
  case noEncoder(String)
  /// libav refused a step; says which and its own words.
  case encoding(String, String)
  /// A file could not be written; says which and why.
  case cannotWrite(String, String)

  /// One sentence for the person who ran it.
  var sentence: String {
    switch self {
    case .usage(let why): "\(why); \"scenegen --help\" shows how it is used."
    case .noSuchScene(let name):
      "There is no scene called \"\(name)\"; \"scenegen list\" shows them."
    case .noEncoder(let codec): "This libavcodec has no encoder for \(codec)."
    case .encoding(let step, let why): "libav could not \(step): \(why)."
    case .cannotWrite(let path, let why): "Cannot write \(path): \(why)."
    }
  }

  /// The process's exit code: EX_USAGE, EX_UNAVAILABLE, EX_SOFTWARE or EX_CANTCREAT.
  var exitCode: Int32 {
    switch self {
    case .usage, .noSuchScene: 64
    case .noEncoder: 69
    case .encoding: 70
    case .cannotWrite: 73
    }
  }
}
