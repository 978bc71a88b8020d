// SPDX-License-Identifier: Apache-2.0

/// Follows what a program writes to its terminal: the pictures, one word and how it is drawn, and
/// the questions that it asks.
struct ScreenStream {
  /// One synchronized update with a picture.
  struct Picture {
    let endedAt: ContinuousClock.Instant
    let byteCount: Int
    /// Whether it has nothing but spaces, as the empty pane before a clip's first picture.
    let isBlank: Bool
  }

  /// The watched word was drawn.
  struct Sighting {
    let at: ContinuousClock.Instant
    /// Whether it was dim, as a label is that is not on disk yet.
    let isDim: Bool
  }

  /// One read from the terminal.
  struct Reading {
    let at: ContinuousClock.Instant
    /// All bytes so far.
    let total: Int
  }

  private(set) var byteCount = 0
  private(set) var readings: [Reading] = []
  private(set) var pictures: [Picture] = []
  private(set) var sightings: [Sighting] = []
  private let watched: [UInt8]
  private var text: [UInt8] = []
  private var isDim = false
  private var pictureStart = 0
  private var isBlank = true
  private var isPicture = false
  private var parsing = Parsing.text

  private enum Parsing {
    case text
    case escape
    /// A control sequence; its parameters so far.
    case control([UInt8])
    /// An operating system command or another string, until its terminator; what it says so far.
    case string([UInt8])
  }

  init(watching word: String) { watched = Array(word.utf8) }

  /// Takes bytes that were read at a time; returns what the terminal answers.
  mutating func take(_ bytes: [UInt8], at time: ContinuousClock.Instant) -> [UInt8] {
    var answers: [UInt8] = []
    for byte in bytes {
      byteCount += 1
      switch parsing {
      case .text: takeText(byte, time)
      case .escape: takeEscape(byte)
      case .string(let words) where byte == 0x07 || byte == 0x1B:
        parsing = byte == 0x1B ? .escape : .text
        answers += Self.answer(words)
      case .string(let words): parsing = .string(words + [byte])
      case .control(var parameters):
        if (0x40...0x7E).contains(byte) {
          parsing = .text
          answers += takeControl(parameters, byte, time)
        } else {
          parameters.append(byte)
          parsing = .control(parameters)
        }
      }
    }
    readings.append(Reading(at: time, total: byteCount))
    return answers
  }

  /// When all but the last tenth had come: the end of a program's only picture.
  var mostHadCome: ContinuousClock.Instant? {
    readings.first { $0.total * 10 >= byteCount * 9 }?.at
  }

  private mutating func takeText(_ byte: UInt8, _ time: ContinuousClock.Instant) {
    guard byte != 0x1B else {
      parsing = .escape
      return
    }
    if byte != 0x20 { isBlank = false }
    text.append(byte)
    if text.count > watched.count { text.removeFirst() }
    if text == watched { sightings.append(Sighting(at: time, isDim: isDim)) }
  }

  private mutating func takeEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "["): parsing = .control([])
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      parsing = .string([byte])
    case 0x20...0x2F: break
    case UInt8(ascii: "7"):
      // Milkglass saves the cursor before each picture, and nowhere else in an update.
      isPicture = true
      parsing = .text
    default: parsing = .text
    }
  }

  private mutating func takeControl(
    _ parameters: [UInt8], _ final: UInt8, _ time: ContinuousClock.Instant
  ) -> [UInt8] {
    let words = String(decoding: parameters + [final], as: UTF8.self)
    if final == UInt8(ascii: "m") {
      takeStyle(parameters)
      return []
    }
    text.removeAll(keepingCapacity: true)
    switch words {
    case "?2026h": (pictureStart, isBlank, isPicture) = (byteCount, true, false)
    case "?2026l" where isPicture:
      pictures.append(
        Picture(endedAt: time, byteCount: byteCount - pictureStart, isBlank: isBlank))
    default: return Self.answer(Array(words.utf8))
    }
    return []
  }

  private mutating func takeStyle(_ parameters: [UInt8]) {
    let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    var rest = numbers[...]
    while let number = rest.popFirst() {
      switch number {
      case 0, 22: isDim = false
      case 2: isDim = true
      // A colour by number or by red, green and blue follows.
      case 38, 48: rest = rest.dropFirst(rest.first == 2 ? 4 : 2)
      default: break
      }
    }
  }

  private static func answer(_ question: [UInt8]) -> [UInt8] {
    Array((answers[String(decoding: question, as: UTF8.self)] ?? "").utf8)
  }

  /// The questions that a terminal without pictures answers.
  private static let answers = [
    "5n": "\u{1B}[0n", "6n": "\u{1B}[1;1R", "c": "\u{1B}[?62;22c", "0c": "\u{1B}[?62;22c",
    "]11;?": "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", ">c": "\u{1B}[>41;379;0c",
    ">q": "\u{1B}P>|XTerm(379)\u{1B}\\",
  ]
}
