// SPDX-License-Identifier: Apache-2.0
import ReviewSession
import Vocabulary

/// A review session that is driven by its keys, as a person drives it.
final class Review {
  /// The picture's room in a terminal of 120 × 36, which peers get as a whole.
  static let pane = CellSize(columns: 90, rows: 29)

  let terminal: Terminal

  /// Opens a vault and waits for the first picture: the first clip's, from its start.
  init(_ vault: Fixture.Filled) throws {
    try vault.forgetPlace()
    terminal = try Terminal([
      try Installation.program("milkglass"), "review", vault.path, "--as", Fixture.person,
      "--state", vault.state, "--picture", "half",
    ])
    try terminal.wait(for: "the first picture") { $0.pictures.contains { !$0.isBlank } }
  }

  /// From the start of the program to the end of its first picture.
  var timeToFirstPicture: Duration {
    pictures.first.map { terminal.child.start.duration(to: $0.endedAt) } ?? .zero
  }

  /// The pictures that came, without the empty pane before the first.
  var pictures: ArraySlice<ScreenStream.Picture> {
    terminal.stream.pictures.drop { $0.isBlank }
  }

  /// CPU seconds of the program and its decoders so far.
  var cpuSeconds: Double { ProcessTree.cpuSeconds(from: terminal.child.processID) }

  /// What the program and its decoders take of the machine's memory, in units of 10⁶ bytes: what they
  /// share counts once.
  var memoryMegabytes: Double? { ProcessTree.memoryMegabytes(from: terminal.child.processID) }

  /// Waits until neither the program nor its decoders do anything.
  func rest() {
    while true {
      let before = cpuSeconds
      terminal.watch(.milliseconds(300))
      if cpuSeconds - before < 0.015 { return }
    }
  }

  /// Presses a key that changes the picture, or where `isNewClip` the clip; from the key to the end
  /// of the picture.
  func timeToPicture(_ key: String, isNewClip: Bool = false) throws -> Duration {
    let count = terminal.stream.pictures.count
    func picture(_ stream: ScreenStream) -> ScreenStream.Picture? {
      stream.pictures.dropFirst(count).first { !isNewClip || !$0.isBlank }
    }
    let start = terminal.press(key)
    try terminal.wait(for: "the picture after a key") { picture($0) != nil }
    return picture(terminal.stream).map { start.duration(to: $0.endedAt) } ?? .zero
  }

  /// Presses a key; to the first bytes that come of it.
  func timeToBytes(_ key: String) throws -> Duration {
    terminal.settle(20)
    let count = terminal.stream.readings.count
    let start = terminal.press(key)
    try terminal.wait(for: "what a key changes") { $0.readings.count > count }
    return start.duration(to: terminal.stream.readings[count].at)
  }

  /// Presses the key of the watched label; from the key to the label on screen, and on disk.
  func timesToLabel(_ key: String) throws -> (shown: Duration, durable: Duration) {
    let count = terminal.stream.sightings.count
    let start = terminal.press(key)
    try terminal.wait(for: "a durable label") {
      $0.sightings.dropFirst(count).contains { !$0.isDim }
    }
    let new = terminal.stream.sightings.dropFirst(count)
    guard let shown = new.first, let durable = new.first(where: { !$0.isDim }) else {
      return (.zero, .zero)
    }
    return (start.duration(to: shown.at), start.duration(to: durable.at))
  }

  /// Leaves and waits for the program's end.
  @discardableResult
  func leave() -> Child.Cost {
    terminal.press("q")
    terminal.settle()
    terminal.press("q")
    return terminal.finish()
  }
}
