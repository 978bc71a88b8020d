// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import PictureRenderer
internal import Synchronization

/// Makes the colours of a clip's pictures on a thread of its own, so that no frame waits for them.
///
/// Only the last question counts. Used from the poll loop's thread only; the thread ends with it.
final class PaletteMaker {
  /// What a palette is to be made of, and for which question.
  private struct Question: Sendable {
    let number: Int
    let sample: ColourSample
    let count: Int
  }

  /// What both threads see.
  private final class Shared: Sendable {
    let question = Mutex<Question?>(nil)
    let answer = Mutex<(number: Int, palette: ClipPalette)?>(nil)
    let asked: Bell
    let answered: Bell

    init() throws(SessionError) {
      asked = try Bell()
      answered = try Bell()
    }
  }

  /// Becomes readable when a palette waits.
  let fileDescriptor: Int32
  private let shared: Shared
  private var number = 0

  /// Starts the thread.
  init() throws(SessionError) {
    let shared = try Shared()
    self.shared = shared
    fileDescriptor = shared.answered.fileDescriptor
    let thread = Thread { Self.serve(shared) }
    thread.name = "palette"
    thread.start()
  }

  /// Asks for at most `count` colours for a sample, in place of what was asked before.
  func ask(_ sample: ColourSample, count: Int) {
    number += 1
    let question = Question(number: number, sample: sample, count: count)
    shared.question.withLock { $0 = question }
    shared.asked.ring()
  }

  /// Forgets what was asked: the pictures it was for are gone.
  func forget() {
    number += 1
    shared.question.withLock { $0 = nil }
  }

  /// Whether `take` has something to look at.
  var isReady: Bool { !Waiting.readable([fileDescriptor], milliseconds: 0).isEmpty }

  /// The palette asked for last, once; nil where none is made.
  ///
  /// Call it when `isReady`.
  func take() -> ClipPalette? {
    _ = shared.answered.wait()
    let answer = shared.answer.withLock { answer in
      defer { answer = nil }
      return answer
    }
    return answer.flatMap { $0.number == number ? $0.palette : nil }
  }

  private static func serve(_ shared: Shared) {
    while shared.asked.wait() {
      let question = shared.question.withLock { question in
        defer { question = nil }
        return question
      }
      guard let question else { continue }
      let palette = ClipPalette(question.sample, count: question.count, care: .thorough)
      shared.answer.withLock { $0 = (question.number, palette) }
      shared.answered.ring()
    }
  }
}
