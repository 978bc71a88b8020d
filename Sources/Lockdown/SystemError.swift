// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A system call that the kernel refused.
package struct SystemError: Error, Hashable, Sendable {
  /// The call's name (`memfd_create`).
  package let call: String
  /// The errno value; positive.
  package let code: Int32

  /// Names the call and the errno value it gave.
  package init(call: String, code: Int32) {
    self.call = call
    self.code = code
  }

  /// The call and the system's own words (`memfd_create: Too many open files`).
  ///
  /// Unsafe use: `strerror` returns a string that stays valid until its next call; it is copied at
  /// once.
  package var sentence: String { unsafe "\(call): \(String(cString: strerror(code)))" }

  /// Passes a shim's result on; throws where it is a negated errno.
  @discardableResult
  package static func check(_ call: String, _ result: Int32) throws(SystemError) -> Int32 {
    guard result >= 0 else { throw SystemError(call: call, code: -result) }
    return result
  }
}
