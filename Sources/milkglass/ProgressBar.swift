// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// A progress bar on standard error, shown only in a terminal and only after a second of work.
struct ProgressBar {
  private let words: (_ done: Int, _ total: Int) -> String
  private let start = ContinuousClock.now
  private var isShown = false

  /// Counts things of a name, in English.
  init(noun: String) {
    self.init { done, total in "\(done) of \(total) \(noun)\(total == 1 ? "" : "s")" }
  }

  /// Says how far it is in words of its own.
  init(words: @escaping (_ done: Int, _ total: Int) -> String) { self.words = words }

  /// Draws how far it is.
  mutating func show(done: Int, total: Int) {
    guard total > 0, ContinuousClock.now - start > .seconds(1), isatty(STDERR_FILENO) == 1 else {
      return
    }
    isShown = true
    let filled = 30 * done / total
    let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: 30 - filled)
    write("\r\(bar) \(words(done, total)) ")
  }

  /// Takes it off the line again.
  mutating func clear() {
    guard isShown else { return }
    isShown = false
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
