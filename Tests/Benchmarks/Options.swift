// SPDX-License-Identifier: Apache-2.0

/// What is measured together.
enum Part: String, CaseIterable {
  case pictures, keys, day, labels, decoders, worklist, vault, erasure, log

  /// Whether it measures with clips that are drawn for it.
  var needsClips: Bool {
    switch self {
    case .pictures, .keys, .day, .labels, .decoders, .vault: true
    case .worklist, .erasure, .log: false
    }
  }
}

/// What the command line asks for.
struct Options {
  /// Whether a million labels, clips and events are tried too.
  var isFull = false
  /// The parts to measure.
  var parts: [Part] = Part.allCases
  /// A clip to take instead of a drawn one.
  var clip: String?
  /// Where the vaults are made: what is durable is as fast as this disk.
  var directory = "/var/tmp"

  static let manual = """
    milkglass-bench measures Milkglass beside its limits and peers.

      --full            also with 1,000,000 stored labels, clips and events (some minutes more)
      --only PART       pictures, keys, day, labels, decoders, worklist, vault, erasure or log;
                        may be repeated
      --clip FILE       play this clip, of ten seconds or more, instead of a drawn one
      --directory DIR   make the vaults here (default: /var/tmp)

    """

  /// Reads the words after the program's name; nil where help is wanted.
  init?(_ words: [String]) throws(BenchError) {
    var rest = words[...]
    var chosen: [Part] = []
    while let word = rest.popFirst() {
      switch word {
      case "--full": isFull = true
      case "--clip", "--directory":
        guard let value = rest.popFirst() else { throw .usage("\(word) needs a value") }
        if word == "--clip" { clip = value } else { directory = value }
      case "--only":
        guard let part = rest.popFirst().flatMap(Part.init) else {
          throw .usage("--only needs the name of a part; see --help")
        }
        chosen.append(part)
      case "--help", "-h": return nil
      default: throw .usage("\"\(word)\" is not an option; see --help")
      }
    }
    if !chosen.isEmpty { parts = chosen }
  }
}
