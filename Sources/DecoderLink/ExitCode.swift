// SPDX-License-Identifier: Apache-2.0

/// The exit codes of the decoder program and its decoders, after `sysexits.h`.
package enum ExitCode {
  package static let success: Int32 = 0
  /// Memory, descriptors or a system call could not be had (`EX_OSERR`).
  package static let systemError: Int32 = 71
  /// It was started without a host's socket (`EX_USAGE`).
  package static let notAHost: Int32 = 64
  /// The other side broke the protocol (`EX_PROTOCOL`).
  package static let protocolError: Int32 = 76
}
