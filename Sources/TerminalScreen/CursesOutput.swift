// SPDX-License-Identifier: Apache-2.0
import CNcurses
import Glibc

/// What ncurses writes, caught in memory before the terminal sees any of it.
///
/// ncurses has no terminal then: it sets no modes and knows no size, both of which its user does.
///
/// Unsafe uses: buffers that live across one `pread`; terminfo's texts, copied at once.
struct CursesOutput {
  /// Where ncurses writes; a file in memory, written from its start again after every `take`.
  let descriptor: Int32
  private var cut: [[UInt8]] = []

  /// Makes the file; throws where the system has no descriptor left.
  init() throws(TerminalError) {
    descriptor = nc_memory_file()
    guard descriptor >= 0 else { throw .lost(errno: errno) }
  }

  /// Notes what this terminal's terminfo sends unasked; call it once ncurses has a terminal.
  mutating func readTerminfo() {
    cut = OutputGrammar.cut.map { Array($0.utf8) }
    let reset = Self.text("oc")
    if !reset.isEmpty { cut.append(reset) }
  }

  /// What ncurses wrote since the last call, without what is cut out.
  func take() -> [UInt8] { without(takeAll()) }

  /// The same text without what is cut out.
  func without(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x1B), cut.contains(where: { Self.first($0, in: bytes) }) else {
      return bytes
    }
    var kept: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      if let found = cut.first(where: { rest.starts(with: $0) }) {
        rest = rest.dropFirst(found.count)
      } else {
        kept.append(rest.removeFirst())
      }
    }
    return kept
  }

  /// A string capability of the terminal that ncurses has; empty where it has none.
  static func text(_ capability: String) -> [UInt8] {
    guard let text = unsafe nc_text(capability) else { return [] }
    return unsafe Array(String(cString: text).utf8)
  }

  private func takeAll() -> [UInt8] {
    let end = Int(lseek(descriptor, 0, SEEK_CUR))
    guard end > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: end)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(descriptor, buffer.baseAddress, buffer.count, 0)
    }
    _ = lseek(descriptor, 0, SEEK_SET)
    return count == end ? bytes : Array(bytes.prefix(max(0, count)))
  }

  private static func first(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
    guard let start = needle.first, needle.count <= bytes.count else { return false }
    for index in 0...bytes.count - needle.count where bytes[index] == start {
      if bytes[index...].starts(with: needle) { return true }
    }
    return false
  }
}
