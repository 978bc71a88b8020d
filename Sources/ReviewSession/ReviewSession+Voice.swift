// SPDX-License-Identifier: Apache-2.0

internal import DecoderLink
internal import ReviewCore
internal import TerminalScreen
internal import Vocabulary

/// What speaks for a session in plain lines: the same core, store and decoders, another view.
struct Voice {
  let terminal: LineTerminal
  var teller: PlainTeller
  /// What is to be said next.
  var waiting: String

  init(_ terminal: LineTerminal, _ state: State) {
    self.terminal = terminal
    teller = PlainTeller(state)
    waiting = PlainTeller.greeting(state)
  }
}

extension ReviewSession {
  /// What decoders scale clear pictures for that nobody asks for.
  static let smallRaster = Raster(limit: PixelSize(width: 16, height: 9), pixelAspect: .one)

  /// Notes what is to be said after a message that the core has followed.
  func speak(after message: Message, wasLocked: Bool) {
    guard let terminal = voice?.terminal else { return }
    if case .timeline = message { return }
    // What was said of clips leaves the window before anybody else comes to it.
    if !wasLocked, state.lock != nil {
      voice?.waiting += String(repeating: "\n", count: terminal.rows)
    }
    let said = voice?.teller.tell(state, after: message, mayTellClip: isTerminalSeen) ?? ""
    voice?.waiting += said
  }

  /// Says again where the reviewer is.
  func sayAgain() {
    let said = voice?.teller.again(state) ?? ""
    voice?.waiting += said
  }

  /// Says what waits; a clip that was said counts as seen from then on, at *solid*, which shows as much.
  func say() throws(SessionError) {
    guard let terminal = voice?.terminal, let text = voice?.waiting else { return }
    voice?.waiting = ""
    do {
      try terminal.say(text)
      try terminal.flush()
    } catch { throw .terminal(error) }
    guard let clip = current, let open = state.clip, clip.id == open.id, isTerminalSeen,
      open.firstPictureAtMilliseconds == nil, terminal.outputDescriptor == nil,
      voice?.teller.hasTold(clip.id) == true
    else { return }
    send(.firstPictureShown(clip.id, nowMilliseconds: SessionClock.monotonicMilliseconds))
    guard clip.failure == nil else { return }
    logFirstPicture(of: clip, at: .solid)
    noteReadable(clip)
  }
}
