// SPDX-License-Identifier: Apache-2.0
package import Foundation
import Glibc
package import Vocabulary

/// A real xterm in a display of its own, to which files are written and whose pixels are read.
package final class Xterm {
  /// What keeps one from being used.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private let folder: URL
  private let display: String
  private var written = 0
  /// The size in cells and a cell's size in pixels.
  package let size: CellSize
  package private(set) var cell = PixelSize(width: 0, height: 0)

  /// Whether everything it needs is installed.
  package static var isInstalled: Bool {
    (try? shell("for t in Xvfb xterm xdotool import; do command -v $t; done | wc -l")).map {
      String(decoding: $0, as: UTF8.self).hasPrefix("4")
    } ?? false
  }

  /// Starts a display and a VT340 with 256 colour registers in it.
  package init(size: CellSize, folder: URL) throws {
    self.size = size
    self.folder = folder
    let names = (folder.appending(path: "display").path, folder.appending(path: "pids").path)
    _ = try Self.shell(
      "Xvfb -displayfd 3 -screen 0 1400x1000x24 -nolisten tcp 3>'\(names.0)' >/dev/null 2>&1 "
        + "</dev/null & echo $! >'\(names.1)'")
    var number = ""
    try Self.wait {
      number = (try? String(contentsOfFile: names.0, encoding: .utf8)) ?? ""
      return number.hasSuffix("\n")
    }
    display = ":" + number.trimmingCharacters(in: .whitespacesAndNewlines)
    let script = """
      printf '\\033[?25l'; n=1
      while [ -e '\(names.1)' ]; do
        while [ ! -e '\(folder.path)'/$n ]; do sleep 0.02; [ -e '\(names.1)' ] || exit; done
        cat '\(folder.path)'/$n; n=$((n + 1)); : >'\(folder.path)/read'
      done
      """
    try Data(script.utf8).write(to: folder.appending(path: "script"))
    _ = try Self.shell(
      "DISPLAY=\(display) xterm -ti vt340 -b 0 -bw 0 +sb -bg black -fa 'DejaVu Sans Mono' -fs 11 "
        + "-geometry \(size.columns)x\(size.rows)+0+0 -xrm 'XTerm*numColorRegisters: 256' "
        + "-xrm 'XTerm*maxGraphicSize: 2000x1400' -e sh '\(folder.path)/script' >/dev/null 2>&1 "
        + "</dev/null & echo $! >>'\(names.1)'")
    cell = try measure()
  }

  deinit { close() }

  /// Ends both.
  package func close() {
    let pids = folder.appending(path: "pids").path
    _ = try? Self.shell(
      "[ ! -e '\(pids)' ] || { kill -9 $(cat '\(pids)'); rm -f '\(pids)'; } 2>/dev/null")
  }

  /// Writes bytes to the terminal and waits until it has read them.
  package func write(_ bytes: [UInt8]) throws {
    let sign = folder.appending(path: "read")
    try? FileManager.default.removeItem(at: sign)
    written += 1
    // The file appears whole: written under another name first.
    try Data(bytes).write(to: folder.appending(path: "\(written)"), options: .atomic)
    try Self.wait { FileManager.default.fileExists(atPath: sign.path) }
  }

  /// Hides the window and shows it again, so that the terminal has to draw all of it anew.
  package func expose() throws {
    let window = try window()
    _ = try run("xdotool windowunmap --sync \(window) windowmap --sync \(window)")
  }

  /// Gives the window another size and then its old one.
  package func resizeAndBack() throws {
    let window = try window()
    let (width, height) = (size.columns * cell.width, size.rows * cell.height)
    let smaller = "\(width - 10 * cell.width) \(height - 5 * cell.height)"
    _ = try run("xdotool windowsize --sync \(window) \(smaller)")
    _ = try run("xdotool windowsize --sync \(window) \(width) \(height)")
  }

  /// The pixels of the whole window as they are now, as RGB.
  package func pixels() throws -> [UInt32] {
    let (width, height) = (size.columns * cell.width, size.rows * cell.height)
    let bytes = try run(
      "import -window root -crop \(width)x\(height)+0+0 -depth 8 rgb:-")
    guard bytes.count == width * height * 3 else { throw Failure(description: "no such picture") }
    return stride(from: 0, to: bytes.count, by: 3).map {
      UInt32(bytes[$0]) << 16 | UInt32(bytes[$0 + 1]) << 8 | UInt32(bytes[$0 + 2])
    }
  }

  // MARK: the tools

  private func measure() throws -> PixelSize {
    var found: PixelSize?
    try Self.wait { [self] in
      guard let window = try? window(),
        let text = try? run("xdotool getwindowgeometry --shell \(window)")
      else { return false }
      let values = String(decoding: text, as: UTF8.self).split(separator: "\n").reduce(
        into: [String: Int]()
      ) { values, line in
        let sides = line.split(separator: "=")
        if sides.count == 2 { values[String(sides[0])] = Int(sides[1]) }
      }
      guard let width = values["WIDTH"], let height = values["HEIGHT"], width > size.columns * 2
      else { return false }
      found = PixelSize(width: width / size.columns, height: height / size.rows)
      return true
    }
    guard let found else { throw Failure(description: "xterm has no window") }
    return found
  }

  private func window() throws -> String {
    let found = try run("xdotool search --class xterm")
    guard let first = String(decoding: found, as: UTF8.self).split(separator: "\n").first else {
      throw Failure(description: "xterm has no window")
    }
    return String(first)
  }

  private static func wait(until isTrue: () -> Bool) throws {
    let end = Date(timeIntervalSinceNow: 30)
    while !isTrue() {
      guard Date() < end else { throw Failure(description: "xterm does not answer") }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  private func run(_ command: String) throws -> [UInt8] {
    try Self.shell("DISPLAY=\(display) timeout 20 \(command) 2>/dev/null </dev/null")
  }

  // `Process` waits for what its own children leave behind, which here is a display.
  private static func shell(_ command: String) throws -> [UInt8] {
    guard let stream = unsafe popen(command, "r") else {
      throw Failure(description: "no shell")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, stream)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    _ = unsafe pclose(stream)
    return bytes
  }
}
