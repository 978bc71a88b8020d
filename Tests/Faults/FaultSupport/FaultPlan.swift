// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// What one run is to meet; its environment puts the fault library in front of the program.
package final class FaultPlan: Sendable {
  /// What goes into the program's environment.
  package let environment: [String: String]
  private let reportFolder: FaultScene
  private var reportFile: String { reportFolder.path + "/report" }

  /// Plans a run in a scene; `folders` are the scene's that are watched.
  package convenience init(
    _ fault: (kind: FaultKind, at: Int)?, in scene: FaultScene, folders: [String],
    program: String = "milkglass", isArmed: Bool = true
  ) throws {
    try self.init(
      fault, paths: folders.map { "\(scene.path)/\($0)" }, program: program, isArmed: isArmed)
  }

  /// Plans a run.
  ///
  /// `fault` is the kind and the number of the call; nil only counts. `paths` are the folders that are
  /// watched, absolute and without links. Where `isArmed` is false, calls count from `arm()` on.
  package init(
    _ fault: (kind: FaultKind, at: Int)?, paths: [String], program: String = "milkglass",
    isArmed: Bool = true
  ) throws {
    reportFolder = try FaultScene()
    try reportFolder.write("clock", [UInt8](repeating: 0, count: 8))
    var bytes = [UInt8](repeating: 0, count: FaultReport.byteCount)
    bytes[0] = isArmed ? FaultReport.armed : FaultReport.waiting
    bytes[1] = UInt8(ascii: "\n")
    try reportFolder.write("report", bytes)
    var settings = [
      "LD_PRELOAD": Self.library,
      "MILKGLASS_FAULT_PROGRAM": program,
      "MILKGLASS_FAULT_FOLDERS": paths.joined(separator: ":"),
      "MILKGLASS_FAULT_REPORT": reportFolder.path + "/report",
      "MILKGLASS_FAULT_CLOCK": reportFolder.path + "/clock",
      "MILKGLASS_FAULT_MODE": fault?.kind.rawValue ?? "count",
    ]
    if let fault { settings["MILKGLASS_FAULT_AT"] = String(fault.at) }
    environment = settings
  }

  /// Lets calls count from now on.
  package func arm() throws { try overwrite(reportFile, [FaultReport.armed]) }

  /// Sets the program's wall clock, which may run by then; negative is back.
  package func setClock(aheadMilliseconds milliseconds: Int64) throws {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: milliseconds >> ($0 * 8)) }
    try overwrite(reportFolder.path + "/clock", bytes)
  }

  /// Changes the first bytes of a file that the library has mapped.
  private func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.write(contentsOf: bytes)
    try file.close()
  }

  /// What the library has written so far.
  package func report() throws -> FaultReport { try FaultReport(file: reportFile) }

  /// The fault library, which is built beside the tests.
  static let library =
    ClipMaker.productsDirectory.appending(path: "libmilkglass-faults.so").path
}
