// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Reads the kernel's small files and folders.
enum SmallFile {
  /// A file's text, its first 64 KiB where nothing else is said; nil where it cannot be read.
  ///
  /// Unsafe use: `read` fills a buffer of the length it is told.
  static func read(_ path: String, mostBytes: Int = 65_536) -> String? {
    let number = unsafe cl_open_to_read(path)
    guard number >= 0 else { return nil }
    let descriptor = OwnedDescriptor(number)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count < mostBytes {
      let count = unsafe Glibc.read(descriptor.number, &buffer, buffer.count)
      if count < 0 {
        guard errno == EINTR else { return nil }
      } else if count == 0 {
        break
      } else {
        bytes += buffer.prefix(count)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The names in a folder, in no order; none where it cannot be read.
  ///
  /// Unsafe use: each entry is copied before the next one is asked for.
  static func names(_ path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
