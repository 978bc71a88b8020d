// SPDX-License-Identifier: Apache-2.0

/// Why a sweep of faults proves nothing, or what it found.
package enum FaultError: Error, CustomStringConvertible {
  /// A system call of the harness failed.
  case system(String, code: Int32)
  /// The fault library's report holds a line that cannot be understood.
  case unreadableReport(String)
  /// The run without faults did not end well.
  case badBaseline(ProgramEnd)
  /// Changes on disk that no counted call explains: the fault library does not see all.
  case unexplained([String])
  /// Faults of this kind fired nowhere.
  case neverFired(FaultKind)
  /// Outcomes that are wrong, each with its fault.
  case outcomes([String])

  package var description: String {
    switch self {
    case .system(let name, let code): "\(name) failed with errno \(code)"
    case .unreadableReport(let line): "the report cannot be read: \(line)"
    case .badBaseline(let end): "the run without a fault ended badly: \(end)"
    case .unexplained(let changes):
      "not seen by the fault library: \(changes.joined(separator: "; "))"
    case .neverFired(let kind): "no fault of kind \(kind.rawValue) fired"
    case .outcomes(let lines): lines.joined(separator: "\n")
    }
  }
}
