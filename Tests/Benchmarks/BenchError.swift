// SPDX-License-Identifier: Apache-2.0

/// Why a figure could not be taken.
enum BenchError: Error, CustomStringConvertible {
  case usage(String)
  /// A program is not installed.
  case missing(String)
  /// A system call failed with an error number.
  case system(String, Int32)
  /// A program or an operation failed.
  case failed(String)
  /// What was waited for did not come.
  case timedOut(String)

  var description: String {
    switch self {
    case .usage(let sentence): sentence
    case .missing(let program): "\(program) is not installed"
    case .system(let call, let code): "\(call) failed with error \(code)"
    case .failed(let what): "\(what) failed"
    case .timedOut(let what): "\(what) did not come in time"
    }
  }
}
