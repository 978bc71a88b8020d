// SPDX-License-Identifier: Apache-2.0

/// What the command line asks for.
enum Command: Sendable {
  case help
  case list
  case demo(folder: String, jobs: Int?, isQuick: Bool)
  case scene(name: String, file: String, format: ClipFormat, audioOnly: Bool)
  case card(file: String, format: ClipFormat)
  case portrait(file: String, format: ClipFormat)

  /// Shown by `--help`.
  static let manual = """
    scenegen draws and encodes synthetic home-camera clips.

      scenegen demo DIR [--jobs N] [--quick]   all scenes, manifest.jsonl and cameras.toml
      scenegen scene NAME FILE [options]       one scene
      scenegen card FILE [options]             a test card with the frame's number
      scenegen portrait FILE [options]         a face that drifts by known steps
      scenegen list                            the scenes' names

    options: --size WxH  --seconds S  --fps F  --seed N  --threads 1
             --codec h264|hevc|mpeg4|mjpeg|vp9|av1  --container mp4|mkv|webm|ts|avi
             --rotate 90|180|270  --aspect N:D  --variable-rate  --audio-only
    Without --container, FILE's extension names it. --rotate only marks the file:
    it is to be shown turned so many degrees clockwise.

    """

  /// Reads the words after the program's name.
  init(_ words: [String]) throws(SceneError) {
    guard let verb = words.first else { throw .usage("Nothing was asked for") }
    if words.contains("--help") || words.contains("-h") || verb == "help" {
      self = .help
      return
    }
    var rest = Words(Array(words.dropFirst()))
    switch verb {
    case "list":
      try rest.end()
      self = .list
    case "demo": self = try Self.demo(&rest)
    case "scene":
      let scene = try Programme.scene(try rest.operand("a scene's name"))
      let file = try rest.operand("a file to write")
      var format = ClipFormat(file: file)
      (format.width, format.height) = (scene.width, scene.height)
      (format.framesPerSecond, format.seconds) = (scene.framesPerSecond, scene.seconds)
      let audioOnly = try Self.options(&rest, &format)
      self = .scene(name: scene.name, file: file, format: format, audioOnly: audioOnly)
    case "card":
      let file = try rest.operand("a file to write")
      var format = ClipFormat(file: file)
      (format.width, format.height, format.seconds) = (320, 180, 2)
      guard try !Self.options(&rest, &format) else {
        throw .usage("A test card without a picture makes no sense")
      }
      self = .card(file: file, format: format)
    case "portrait":
      let file = try rest.operand("a file to write")
      var format = ClipFormat(file: file)
      (format.width, format.height, format.framesPerSecond) = (640, 360, 15)
      format.seconds = 20
      guard try !Self.options(&rest, &format) else {
        throw .usage("A portrait without a picture makes no sense")
      }
      self = .portrait(file: file, format: format)
    default: throw .usage("There is no command \"\(verb)\"")
    }
  }

  private static func demo(_ words: inout Words) throws(SceneError) -> Command {
    let folder = try words.operand("a folder")
    var jobs: Int?
    var isQuick = false
    while let word = words.next() {
      switch word {
      case "--jobs": jobs = try words.number(word, 1...64)
      case "--quick": isQuick = true
      default: throw .usage("\"\(word)\" is not an option of \"demo\"")
      }
    }
    return .demo(folder: folder, jobs: jobs, isQuick: isQuick)
  }

  /// Reads a clip's options; true with `--audio-only`.
  private static func options(
    _ words: inout Words, _ format: inout ClipFormat
  ) throws(SceneError) -> Bool {
    var audioOnly = false
    while let word = words.next() {
      switch word {
      case "--size":
        (format.width, format.height) = try words.pair(word, "x", 32...8192)
        guard format.width % 2 == 0, format.height % 2 == 0 else {
          throw .usage("--size takes even numbers only")
        }
      case "--aspect": format.aspect = try words.pair(word, ":", 1...1000)
      case "--seconds":
        guard let seconds = Double(try words.value(word)), seconds > 0, seconds <= 600 else {
          throw .usage("--seconds takes a number above 0 and up to 600")
        }
        format.seconds = seconds
      case "--fps": format.framesPerSecond = try words.number(word, 1...120)
      case "--seed": format.seed = UInt64(try words.number(word, 0...Int.max))
      case "--threads": _ = try words.number(word, 1...1)
      case "--codec": format.codec = try words.choice(word, ClipCodec.allCases)
      case "--container": format.container = try words.choice(word, ClipContainer.allCases)
      case "--rotate":
        format.rotation = try words.number(word, 90...270)
        guard format.rotation % 90 == 0 else {
          throw .usage("--rotate takes 90, 180 or 270")
        }
      case "--variable-rate": format.isVariableRate = true
      case "--audio-only": audioOnly = true
      default: throw .usage("\"\(word)\" is not an option")
      }
    }
    return audioOnly
  }
}

/// The words of a command line that are still to be read.
private struct Words {
  private var words: ArraySlice<String>

  init(_ words: [String]) { self.words = words[...] }

  mutating func next() -> String? { words.popFirst() }

  func end() throws(SceneError) {
    if let word = words.first { throw .usage("\"\(word)\" is one word too many") }
  }

  mutating func operand(_ what: String) throws(SceneError) -> String {
    guard let word = words.popFirst(), !word.hasPrefix("--") else {
      throw .usage("Missing: \(what)")
    }
    return word
  }

  mutating func value(_ option: String) throws(SceneError) -> String {
    guard let word = words.popFirst() else { throw .usage("\(option) needs a value") }
    return word
  }

  mutating func number(_ option: String, _ range: ClosedRange<Int>) throws(SceneError) -> Int {
    guard let number = Int(try value(option)), range.contains(number) else {
      throw .usage(
        "\(option) takes a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  mutating func pair(
    _ option: String, _ separator: Character, _ range: ClosedRange<Int>
  ) throws(SceneError) -> (width: Int, height: Int) {
    let parts = try value(option).split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 2, let first = Int(parts[0]), let second = Int(parts[1]),
      range.contains(first), range.contains(second)
    else { throw .usage("\(option) takes two whole numbers joined by \"\(separator)\"") }
    return (first, second)
  }

  mutating func choice<Choice: RawRepresentable<String>>(
    _ option: String, _ choices: [Choice]
  ) throws(SceneError) -> Choice {
    guard let choice = Choice(rawValue: try value(option)) else {
      throw .usage("\(option) takes one of \(choices.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }
}
