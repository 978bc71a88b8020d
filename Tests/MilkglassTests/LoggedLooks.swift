// SPDX-License-Identifier: Apache-2.0
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// The looks of a vault as its log tells them.
struct LoggedLooks {
  struct Event {
    let number: Int
    /// Milliseconds since midnight, UTC.
    let atMilliseconds: Int64
    let isStart: Bool
    let clip: String
    let detail: [String: String]

    func count(_ name: String) -> Int64 { detail[name].flatMap(Int64.init) ?? -1 }
  }

  /// In order.
  let events: [Event]

  init(_ vault: TestVault) throws {
    let text = try vault.demand(["audit", "show", "--all"], as: "olga").output
    events = text.split(separator: "\n").compactMap { line -> Event? in
      let pattern =
        /^ *(\d+)  \S+T(\d\d):(\d\d):(\d\d)\.(\d{3})Z  \S+  look (start|stop)  clip (\w+)(.*)$/
      guard let match = line.firstMatch(of: pattern) else { return nil }
      let words = match.8.split(separator: " ").compactMap { word -> (String, String)? in
        let parts = word.split(separator: "=", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
      }
      let clock = [match.2, match.3, match.4].compactMap { Int64($0) }
      guard clock.count == 3, let number = Int(match.1), let rest = Int64(match.5) else {
        return nil
      }
      return Event(
        number: number,
        atMilliseconds: ((clock[0] * 60 + clock[1]) * 60 + clock[2]) * 1000 + rest,
        isStart: match.6 == "start", clip: String(match.7),
        detail: Dictionary(words) { $1 })
    }
  }

  var starts: [Event] { events.filter(\.isStart) }
  var stops: [Event] { events.filter { !$0.isStart } }

  /// Holds that each look ended once, that none showed more than it was granted, and that at no time
  /// more was granted than clip and hour have; looks charged in full until their end.
  func expectWithin(
    clip: Int64, hour: Int64, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var charges: [Int: (clip: String, milliseconds: Int64)] = [:]
    var open: Set<Int> = []
    for event in events {
      if event.isStart {
        charges[event.number] = (event.clip, event.count("ms"))
        open.insert(event.number)
      } else {
        let look = Int(event.count("look"))
        #expect(open.remove(look) != nil, "\(event)", sourceLocation: sourceLocation)
        let granted = charges[look]?.milliseconds ?? -1
        #expect(
          (0...max(0, granted)).contains(event.count("ms")), "\(event) of \(granted)",
          sourceLocation: sourceLocation)
        charges[look]?.milliseconds = event.count("ms")
      }
      // One look that goes on from another is settled just before, in the same transaction.
      let all = charges.values.reduce(0) { $0 + $1.milliseconds }
      let own = charges.values.reduce(0) { $1.clip == event.clip ? $0 + $1.milliseconds : $0 }
      #expect(all <= hour && own <= clip, "\(event)", sourceLocation: sourceLocation)
    }
    #expect(open.isEmpty, sourceLocation: sourceLocation)
  }
}

/// One picture that was on the terminal, when it came, and what stood above it.
struct ShownFrame {
  let picture: Picture
  let topLine: String
  /// When its last byte was read, milliseconds since midnight, UTC.
  let atMilliseconds: Int64

  /// Every picture that was ever in the pane: after each update with one, which alone asks whether it
  /// was read.
  static func all(_ seat: Seat) throws -> [ShownFrame] {
    let screen = try #require(TerminalModel(size: seat.size))
    let output = seat.program.output
    let end = Array("\u{1B}[?2026l\u{1B}[5n".utf8)
    var frames: [ShownFrame] = []
    var start = 0
    var arrival = 0
    for index in output.indices where output[index] == 0x1B && output[index...].starts(with: end) {
      let stop = index + end.count
      screen.write(Array(output[start..<stop]))
      start = stop
      while seat.program.arrivals[arrival].byteCount < stop { arrival += 1 }
      frames.append(
        ShownFrame(
          picture: Picture(screen, seat.pane), topLine: screen.rowText(0),
          atMilliseconds: seat.program.arrivals[arrival].atMilliseconds % 86_400_000))
    }
    return frames
  }

  /// Holds every clear picture of a stream against the log: none came before its look was logged, and
  /// clear pictures that follow each other belong to one look each at least; how many were clear.
  static func expectLogged(
    _ frames: [ShownFrame], by looks: LoggedLooks, scope: LookScope,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> Int {
    var runs = 0
    var wasClear = false
    for frame in frames {
      let isClear = frame.picture.hasHue
      defer { wasClear = isClear }
      guard isClear else { continue }
      if !wasClear { runs += 1 }
      let known = looks.starts.filter { $0.atMilliseconds <= frame.atMilliseconds }.count
      #expect(runs <= known, "a clear picture before its look", sourceLocation: sourceLocation)
      if scope == .whole {
        #expect(frame.topLine.contains("clear"), "\(frame.topLine)", sourceLocation: sourceLocation)
      } else {
        #expect(
          frame.picture.isClearThroughLens, "\n\(frame.picture.map)", sourceLocation: sourceLocation
        )
      }
    }
    return frames.count { $0.picture.hasHue }
  }
}

extension Picture {
  /// Whether all hues lie within a third of the pane across and down, and a sample about it.
  ///
  /// On a slow line, as a busy machine is, samples are drawn in blocks of up to 8, each of the mean of
  /// what lies in it: then within the blocks that the third touches.
  var isClearThroughLens: Bool {
    let hued = samples.enumerated().flatMap { row, line in
      line.indices.filter { line[$0].map(Self.isHued) ?? false }.map { (row, $0) }
    }
    guard let top = hued.map(\.0).min(), let bottom = hued.map(\.0).max(),
      let left = hued.map(\.1).min(), let right = hued.map(\.1).max()
    else { return true }
    // A clear part at full size has more edges than a picture of such blocks can have.
    let slack = columnEdges < (samples.first?.count ?? 0) / 4 ? 14 : 2
    return bottom - top <= samples.count / 3 + slack
      && right - left <= (samples.first?.count ?? 0) / 3 + slack
  }
}
