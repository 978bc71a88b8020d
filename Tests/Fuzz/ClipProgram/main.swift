// SPDX-License-Identifier: Apache-2.0
//
// Plays damaged clips by the thousand and says how they ended; exit code 1 where a promise broke.
//
//   clip-fuzz [--count N] [--from N] [--seed S] [--jobs N] [--decoder PATH]
//   clip-fuzz --only N [--seed S] [--save FILE]     one clip again, and its bytes in a file

import FuzzClips
import Foundation
import TestSupport

struct Options {
  var count = 10_000
  var from = 0
  var seed: UInt64 = 1
  var jobs = 2
  var only: Int?
  var save: String?
  var decoder = ClipMaker.productsDirectory.appending(path: "milkglass-decoder").path

  init(_ words: [String]) {
    var words = words[...]
    while let word = words.popFirst() {
      guard let value = words.popFirst() else { Self.fail("\(word) needs a value") }
      switch word {
      case "--count": count = Self.number(word, value)
      case "--from": from = Self.number(word, value)
      case "--seed": seed = UInt64(Self.number(word, value))
      case "--jobs": jobs = max(1, Self.number(word, value))
      case "--only": only = Self.number(word, value)
      case "--save": save = value
      case "--decoder": decoder = value
      default: Self.fail("\"\(word)\" is not an option")
      }
    }
  }

  private static func number(_ word: String, _ value: String) -> Int {
    guard let number = Int(value), number >= 0 else { fail("\(word) needs a whole number") }
    return number
  }

  private static func fail(_ words: String) -> Never {
    FileHandle.standardError.write(Data("clip-fuzz: \(words)\n".utf8))
    exit(64)
  }
}

func say(_ words: String) {
  FileHandle.standardOutput.write(Data((words + "\n").utf8))
}

func report(_ tally: ClipFuzz.Tally) {
  say("\(tally.count) clips, \(tally.frameCount) pictures")
  for (end, count) in tally.ends.sorted(by: { $0.value > $1.value }) {
    say("  \(count)\t\(end.words)")
  }
  say("  slowest: clip \(tally.slowest.number), \(tally.slowest.milliseconds) ms")
}

let options = Options(Array(CommandLine.arguments.dropFirst()))
let fuzz = ClipFuzz(
  seeds: try ClipSeed.all(), seed: options.seed, program: options.decoder)

if let only = options.only {
  let clip = fuzz.mutator.clip(only)
  if let save = options.save { try Data(clip.bytes).write(to: URL(filePath: save)) }
  let player = try ClipPlayer(program: options.decoder)
  var tally = ClipFuzz.Tally()
  let (played, outcome) = try fuzz.play(only, player)
  tally.add(played, outcome)
  let ways = clip.mutations.map(\.rawValue).joined(separator: ", ")
  say(
    "clip \(only): \(clip.seed.name), \(ways), \(clip.bytes.count) bytes, \(outcome.way): "
      + "\(outcome.end.words), \(outcome.frameCount) pictures, \(outcome.milliseconds) ms")
  exit(outcome.end.isFailure ? 1 : 0)
}

let start = Date()
let tally = try fuzz.run(options.from..<options.from + options.count, jobs: options.jobs) { tally in
  say("\(tally.count) …")
}
for note in tally.notes.sorted(by: { $0.number < $1.number }) {
  say("clip \(note.number): \(note.words)")
}
report(tally)
say("  seed \(options.seed), \(Int(Date().timeIntervalSince(start))) s")
say(tally.failures.isEmpty ? "No promise was broken." : "\(tally.failures.count) FAILURES")
exit(tally.failures.isEmpty ? 0 : 1)
