// SPDX-License-Identifier: Apache-2.0
import Glibc
import Vocabulary

/// The terminal behind standard input and output, by system calls alone.
///
/// Unsafe uses: pointers to local values and arrays that live across one system call.
enum TerminalDevice {
  static let input = STDIN_FILENO
  static let output = STDOUT_FILENO

  /// Whether both ends are a terminal.
  static var isPresent: Bool { isatty(input) == 1 && isatty(output) == 1 }

  /// Size in cells and in pixels as the kernel knows them; zeros where nobody told it.
  static func windowSize() -> winsize {
    var size = winsize()
    return unsafe ioctl(output, UInt(TIOCGWINSZ), &size) == 0 ? size : winsize()
  }

  /// A cell's width to height in pixels; 1 : 2 where the kernel was not told or was told nonsense.
  ///
  /// - Parameters:
  ///   - size: The window as the kernel knows it now.
  ///   - known: A cell's size as the terminal said it when it was asked; the kernel's word is newer.
  /// - Returns: Both sides in pixels, unreduced.
  static func cellAspect(_ size: winsize, known: PixelSize?) -> Ratio {
    let cell = PixelSize.cell(
      of: PixelSize(width: Int(size.ws_xpixel), height: Int(size.ws_ypixel)),
      in: CellSize(columns: Int(size.ws_col), rows: Int(size.ws_row)))
    return (cell ?? known).map { Ratio($0.width, $0.height) } ?? Ratio(1, 2)
  }

  /// The line discipline's modes; nil where it has none to give.
  static func modes() -> termios? {
    var modes = termios()
    return unsafe tcgetattr(input, &modes) == 0 ? modes : nil
  }

  /// Sets the modes of a screen over those it had: keys come one by one and unchanged, nothing is
  /// echoed, output goes out unchanged.
  ///
  /// Interrupt and suspend keep their keys unless they are to come as keys too; `^S`, `^Q` and `^V`
  /// lose theirs.
  static func takeOver(_ original: termios, hasSignalKeys: Bool = true) {
    var modes = original
    modes.c_iflag &= ~tcflag_t(ICRNL | INLCR | IGNCR | IXON | IXOFF)
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | IEXTEN)
    modes.c_lflag &= ~tcflag_t(ISIG)
    if hasSignalKeys { modes.c_lflag |= tcflag_t(ISIG) }
    modes.c_oflag &= ~tcflag_t(ONLCR | TAB3)
    unsafe withUnsafeMutableBytes(of: &modes.c_cc) { keys in
      unsafe keys[Int(VMIN)] = 1
      unsafe keys[Int(VTIME)] = 0
    }
    set(modes)
  }

  /// Sets modes at once: a terminal that does not read what was written would be waited for else.
  static func set(_ modes: termios) {
    var modes = modes
    while unsafe tcsetattr(input, TCSANOW, &modes) < 0, errno == EINTR {}
  }

  /// Whether the descriptor is ready (or broken) within the time; -1 waits for ever, 0 not at all.
  static func waits(for events: Int32, on descriptor: Int32, milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    return unsafe poll(&entry, 1, milliseconds) > 0
  }

  /// Reads what is there, at most a page; empty where nothing is, and never waits.
  static func readAvailable(from descriptor: Int32 = input) throws(TerminalError) -> [UInt8] {
    guard waits(for: POLLIN, on: descriptor, milliseconds: 0) else { return [] }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress, buffer.count)
    }
    if count > 0 { return Array(bytes.prefix(count)) }
    if count < 0, errno == EINTR || errno == EAGAIN { return [] }
    throw .lost(errno: count == 0 ? EIO : errno)
  }
}

extension PixelSize {
  /// A cell's size in a window of so many pixels, rounded down; nil where either is unknown, or the
  /// shape is none that cells have.
  static func cell(of window: PixelSize, in cells: CellSize) -> PixelSize? {
    guard cells.columns > 0, cells.rows > 0 else { return nil }
    let cell = PixelSize(width: window.width / cells.columns, height: window.height / cells.rows)
    return cell.isCell ? cell : nil
  }

  /// Whether a cell may have this size: higher than wide, and not absurd.
  var isCell: Bool { width >= 2 && height >= width && height <= 4 * width && height <= 512 }
}
