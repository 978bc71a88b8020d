// SPDX-License-Identifier: Apache-2.0
import Glibc
import TerminalScreen
import Vocabulary

/// One screen with a pane in it; each key does one thing to it.
///
/// Unsafe uses: the environment and one poll; and the deliberate fault of `s`.
final class Probe {
  private let screen: TerminalScreen
  private var words: [String] = []
  private var sidebar = "a long line of words beside the picture"
  private var pictures = 0
  private var isPlaying = false
  private var isDone = false
  /// How many bytes of a passphrase were typed; nil outside its field.
  private var typed: Int?
  private var secretDecoder = SecretKeyDecoder()

  /// Opens the screen and runs until `q`; says why where there is none.
  static func run() {
    do throws(TerminalError) {
      let variables = environment()
      let screen = try TerminalScreen(
        theme: theme, environment: variables,
        maxBytesPerSecond: variables["MAX_RATE"].flatMap { Int($0) })
      defer { screen.close() }
      try Probe(screen).loop()
    } catch {
      // The screen is closed by now.
      print(error.sentence)
      exit(69)
    }
  }

  private init(_ screen: TerminalScreen) { self.screen = screen }

  private func loop() throws(TerminalError) {
    draw()
    _ = screen.takePictureForgotten()
    while !isDone {
      wait()
      if typed == nil {
        for key in try screen.readKeys(nowMilliseconds: Self.now()) { try take(key) }
      } else {
        try takeSecretKeys()
      }
      draw()
      if screen.takePictureForgotten(), pictures > 0 || isPlaying { try drawPicture() }
      if isPlaying, pictures < 20, screen.mayDraw(nowMilliseconds: Self.now()) {
        try drawPicture()
        draw()
      }
      try screen.flush()
    }
    screen.close()
    print("left in order")
  }

  private func take(_ key: KeyPress) throws(TerminalError) {
    words.append("\(key)".replacing("\"", with: ""))
    switch key {
    case .character("q"): isDone = true
    case .character("p"): try drawPicture()
    case .character("P"): isPlaying = true
    case .character("L"):
      draw()
      try drawLargePicture()
    case .character("k"): typed = 0
    case .character("d"):
      screen.dropQueuedPicture()
      words.append("dropped")
    case .character("b"): sidebar = "short"
    case .character("e"): complain("said on standard error\n")
    case .character("s"): Self.fault()
    case .character("w"):
      try screen.wipe()
      words.append("wiped")
    case .character("o"):
      try screen.writePicture(
        Array("secret\u{1B}]0;title\u{7}".utf8), nowMilliseconds: Self.now())
    case .character("t"): Self.trap(words.count)
    default: break
    }
  }

  private func takeSecretKeys() throws(TerminalError) {
    var keys: [SecretKey] = []
    _ = try screen.readSecretKeys(with: &secretDecoder, nowMilliseconds: Self.now()) {
      keys.append($0)
    }
    for key in keys {
      switch key {
      case .byte: typed = (typed ?? 0) + 1
      case .clear: typed = 0
      case .enter:
        words.append("typed=\(typed ?? 0)")
        typed = nil
      default: break
      }
    }
  }

  private func draw() {
    var grid = CellGrid(size: screen.size)
    let aspect = screen.cellAspect
    let facts =
      "\(screen.size.columns)x\(screen.size.rows) \(aspect.numerator):\(aspect.denominator)"
    grid.put("probe \(facts) \(screen.traits.colourDepth)", column: 0, row: 0, role: .heading)
    let pace = screen.pacing.isMute ? "mute" : "answering"
    grid.put("pictures \(pictures) \(pace) \(screen.quality)", column: 0, row: 1, role: .text)
    grid.put(words.suffix(6).joined(separator: " "), column: 0, row: 2, role: .set)
    for row in 4..<10 { grid.put(sidebar, column: 0, row: row, role: .quiet) }
    grid.fill(Self.pane, with: Cell(" ", .pane))
    let traits = screen.traits
    let sixel = traits.sixel.map { "\($0.colours) \($0.delta)" } ?? "none"
    grid.put(
      "traits \(traits.name) \(traits.best.rawValue) sixel \(sixel)", column: 0, row: 13,
      role: .text)
    grid.put("end", column: 0, row: 12, role: .selected)
    screen.draw(grid)
  }

  /// Fills the pane with `#` by plain cursor moves and text, as a picture's bytes do.
  private func drawPicture() throws(TerminalError) {
    let pane = Self.pane
    var text = "\u{1B}[38;2;1;2;3m"
    for row in pane.row..<pane.row + pane.size.rows {
      text += "\u{1B}[\(row + 1);\(pane.column + 1)H"
      text += String(repeating: "#", count: pane.size.columns)
    }
    try screen.writePicture(Array(text.utf8), nowMilliseconds: Self.now())
    pictures += 1
  }

  /// Writes each cell of the pane many times over, in other colours: more than a terminal's buffer
  /// takes.
  private func drawLargePicture() throws(TerminalError) {
    let pane = Self.pane
    var text = ""
    for round in 0..<60 {
      for row in pane.row..<pane.row + pane.size.rows {
        text += "\u{1B}[\(row + 1);\(pane.column + 1)H"
        for column in 0..<pane.size.columns { text += "\u{1B}[38;2;\(round);\(row);\(column)m@" }
      }
    }
    try screen.writePicture(Array(text.utf8), nowMilliseconds: Self.now())
    pictures += 1
  }

  private func wait() {
    var entries = [
      pollfd(fd: screen.inputDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: screen.wakeDescriptor, events: Int16(POLLIN), revents: 0),
    ]
    if let output = screen.outputDescriptor {
      entries.append(pollfd(fd: output, events: Int16(POLLOUT), revents: 0))
    }
    let deadline = screen.deadlineMilliseconds.map { max(0, $0 - Self.now()) } ?? -1
    let count = nfds_t(entries.count)
    _ = unsafe poll(&entries, count, isPlaying && pictures < 20 ? 5 : Int32(deadline))
  }

  private func complain(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
  }

  private static let pane = CellRect(column: 45, row: 4, columns: 20, rows: 6)

  private static let theme = Theme(
    name: "probe", background: nil,
    styles: [
      .set: RoleStyle(foreground: RGB(0, 255, 0), background: nil, isBold: true),
      .selected: RoleStyle(foreground: RGB(0, 0, 0), background: RGB(255, 215, 0), isBold: false),
      .pane: RoleStyle(foreground: nil, background: RGB(8, 8, 8), isBold: false),
    ])

  private static func fault() {
    // The zero page is never mapped, so that this read is a segmentation fault.
    let place = unsafe UnsafePointer<UInt8>(bitPattern: 8)
    print(unsafe place?.pointee ?? 0)
  }

  private static func trap(_ count: Int) { print([1, 2, 3][count + 3]) }

  /// The monotonic clock.
  static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// The variables that a screen is opened by, and `MAX_RATE`.
  static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    for name in ["TERM", "COLORTERM", "NO_COLOR", "MAX_RATE"] {
      if let value = unsafe getenv(name) { variables[name] = unsafe String(cString: value) }
    }
    return variables
  }
}
