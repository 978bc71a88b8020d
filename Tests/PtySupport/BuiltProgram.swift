// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Finds the programs that were built beside the tests.
package enum BuiltProgram {
  /// The path of a built executable, whether or not it exists.
  ///
  /// Unsafe uses: one buffer that `readlink` fills.
  package static func path(_ name: String) -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      let text = unsafe bytes.bindMemory(to: CChar.self)
      return unsafe text.baseAddress.map { unsafe readlink("/proc/self/exe", $0, text.count) } ?? 0
    }
    let own = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    let folder = own.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return (folder + [Substring(name)]).joined(separator: "/")
  }
}
