// SPDX-License-Identifier: Apache-2.0
import FaultSupport

/// What was expected of an outcome and is not so.
struct Complaint: Error, CustomStringConvertible {
  let description: String
}

/// Throws where something is not so; a sweep tells it together with its fault.
func demand(_ isSo: Bool, _ otherwise: @autoclosure () -> String) throws {
  if !isSo { throw Complaint(description: otherwise()) }
}

extension FaultOutcome {
  /// A run that was not killed ended well, or in one sentence and a code for "could not be written".
  func demandSentence() throws {
    if kind.isKill || end.code == 0 { return }
    try demand([73, 74].contains(end.code), "an exit code that is neither 73 nor 74")
    let complaints = end.errors.split(separator: "\n")
    try demand(complaints.count == 1, "not one line of error")
    let sentence = complaints.first ?? ""
    try demand(sentence.hasPrefix("milkglass: ") && sentence.hasSuffix("."), "no sentence")
    if kind == .full, call.operation == .write || call.operation == .create {
      let isNamed = sentence.contains("disk is full") || sentence.contains("make room")
      try demand(isNamed, "a sentence that does not name the full disk")
    }
  }
}

extension FaultScene {
  /// No file below the folder has the name of one that was being made.
  func demandNothingHalf(in folder: String) throws {
    let half = try contents([folder]).keys.filter { path in
      path.split(separator: "/").last.map { $0.contains("incoming") } == true
    }
    try demand(half.isEmpty, "left behind: \(half.sorted())")
  }
}
