// SPDX-License-Identifier: Apache-2.0

/// Why the pictures could not be measured.
enum BenchError: Error, CustomStringConvertible {
  case usage(String)
  case failed(String)

  var description: String {
    switch self {
    case .usage(let sentence): sentence
    case .failed(let what): "\(what) failed"
    }
  }
}

/// What the command line asks for.
struct Options {
  /// A clip to take instead of the drawn scene.
  var clip: String?
  /// How many pictures are drawn.
  var frames = 48
  /// Whether the programs that only play files are left out.
  var skipsPlayers = false
  /// How many photographs of the mark are taken, instead of all else; 0 for none.
  var photographs = 0

  static let manual = """
    picture-bench measures the ways to draw beside other encoders, on the same pictures.

      --clip FILE    take pictures of this clip, by ffmpeg, instead of a drawn scene
      --frames N     so many of them, 10 to 200 (default: 48)
      --no-players   leave out what only plays files (timg, mpv)
      --photographs N  instead: read the reviewer's mark off N photographs of each kind

    """

  /// Reads the words after the program's name; nil where help is wanted.
  init?(_ words: [String]) throws(BenchError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      switch word {
      case "--clip":
        guard let value = rest.popFirst() else { throw .usage("--clip needs a file") }
        clip = value
      case "--frames":
        guard let value = rest.popFirst().flatMap(Int.init), (10...200).contains(value) else {
          throw .usage("--frames needs a number of 10 to 200")
        }
        frames = value
      case "--photographs":
        guard let value = rest.popFirst().flatMap(Int.init), (1...10_000).contains(value) else {
          throw .usage("--photographs needs a number of 1 to 10000")
        }
        photographs = value
      case "--no-players": skipsPlayers = true
      case "--help", "-h": return nil
      default: throw .usage("\"\(word)\" is not an option; see --help")
      }
    }
  }
}
