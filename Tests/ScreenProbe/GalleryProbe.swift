// SPDX-License-Identifier: Apache-2.0
import Foundation
import TerminalScreen
import TestSupport
import Themes
import Vocabulary

/// Shows one screen of a file after the other, a key each; pictures are dots.
///
/// Unsafe use: one poll.
final class GalleryProbe {
  private let screen: TerminalScreen
  private var next: ArraySlice<CellGrid>

  /// Shows the screens of the file (`GridFile`) that the first argument names, in the theme that the
  /// second names, and leaves after the last.
  static func run(_ arguments: [String]) {
    guard arguments.count == 2,
      let text = try? String(contentsOfFile: arguments[0], encoding: .utf8),
      let grids = GridFile.grids(text), let theme = (try? Themes.named(arguments[1])) ?? nil
    else {
      print("gallery FILE THEME")
      exit(64)
    }
    do throws(TerminalError) {
      let screen = try TerminalScreen(
        theme: theme, environment: Probe.environment())
      defer { screen.close() }
      try GalleryProbe(screen, grids[...]).loop()
    } catch {
      print(error.sentence)
      exit(69)
    }
  }

  private init(_ screen: TerminalScreen, _ grids: ArraySlice<CellGrid>) {
    (self.screen, next) = (screen, grids)
  }

  private func loop() throws(TerminalError) {
    try showNext()
    while true {
      try wait()
      for key in try screen.readKeys(nowMilliseconds: Probe.now()) where key == .character(" ") {
        guard !next.isEmpty else { return }
        try showNext()
      }
    }
  }

  private func showNext() throws(TerminalError) {
    guard let grid = next.popFirst() else { return }
    screen.draw(grid)
    _ = screen.takePictureForgotten()
    try screen.writePicture(picture(grid), nowMilliseconds: Probe.now())
    try screen.flush()
  }

  private func picture(_ grid: CellGrid) -> [UInt8] {
    var text = "\u{1B}[38;2;120;120;120m"
    for row in 0..<grid.size.rows {
      for column in 0..<grid.size.columns where grid[column, row].role == .pane {
        text += "\u{1B}[\(row + 1);\(column + 1)H."
      }
    }
    return Array(text.utf8)
  }

  private func wait() throws(TerminalError) {
    try screen.flush()
    var entries = [pollfd(fd: screen.inputDescriptor, events: Int16(POLLIN), revents: 0)]
    if let output = screen.outputDescriptor {
      entries.append(pollfd(fd: output, events: Int16(POLLOUT), revents: 0))
    }
    _ = unsafe poll(&entries, nfds_t(entries.count), 50)
  }
}
