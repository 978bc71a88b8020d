// SPDX-License-Identifier: Apache-2.0
import ClipVault
import FaultSupport
import Foundation
import LabelStore
import Sealing
import Vocabulary

/// What was expected of an outcome and is not so.
struct Complaint: Error, CustomStringConvertible {
  let description: String
}

/// Throws where something is not so; a sweep tells it together with its fault.
func demand(_ isSo: Bool, _ otherwise: @autoclosure () -> String) throws {
  if !isSo { throw Complaint(description: otherwise()) }
}

extension FaultOutcome {
  /// Whether the program told that it did what it was to do.
  var isAcknowledged: Bool { end.code == 0 }

  /// A run that was not killed ended well, or in one sentence and a code for "could not be written".
  func demandSentence() throws {
    if kind.isKill || end.code == 0 { return }
    try demand([73, 74, 75].contains(end.code), "an exit code that is none of 73, 74 and 75")
    let complaints = end.errors.split(separator: "\n")
    try demand(complaints.count == 1, "not one line of error")
    let sentence = complaints.first ?? ""
    try demand(sentence.hasPrefix("milkglass: ") && sentence.hasSuffix("."), "no sentence")
    if kind == .full, call.operation == .write || call.operation == .create {
      let isNamed = sentence.contains("disk is full") || sentence.contains("make room")
      try demand(isNamed, "a sentence that does not name the full disk")
    }
  }

  /// Whatever command comes next works; then housekeeping settles what is left, and nothing is half,
  /// plain, or of an epoch that is over.
  @discardableResult
  func demandRecovery() async throws -> VaultInsides {
    try demandSentence()
    // Every second time housekeeping is the first one.
    if FaultSweep.isSoak || call.number % 2 == 0 {
      let next = Self.nextCommands[call.number / 2 % Self.nextCommands.count]
      try await FaultVault.done(FaultVault.command(next), in: scene)
    }
    try await FaultVault.done(["housekeeping", "--vault", "vault"], in: scene)
    return try scene.demandSettled()
  }

  /// Commands that change nothing, of which one comes first after a fault.
  private static let nextCommands = [
    ["audit", "verify"], ["policy", "verify"], ["labels", "export"], ["person", "list"],
    ["flagged", "list"], ["policy", "show"], ["audit", "show"],
  ]
}

extension FaultScene {
  /// A vault in which nothing is under way.
  @discardableResult
  func demandSettled() throws -> VaultInsides {
    let insides = try VaultInsides(self)
    let epochs = names("state/milkglass/\(insides.vault.id.text)").filter { $0.hasPrefix("epoch-") }
    try demand(epochs.count == 1, "epochs: \(epochs)")
    try demand(insides.pending.isEmpty, "still to be erased: \(insides.pending)")
    let receipts = Set(insides.receipts.map { "\($0.number).txt" })
    try demand(receipts == Set(names("vault/store/receipts")), "receipts: \(receipts)")
    try demandNothingPlain()
    return insides
  }

  /// The vault has these files' clips, whole, with nothing besides.
  func demandClips(_ files: [String], _ insides: VaultInsides) throws {
    let wanted = try files.map { Digest.sha256(Array(try needed($0))) }
    let left = insides.clips
    try demand(Set(left.values) == Set(wanted), "\(left.count) clips are there, not \(files)")
    try demand(left.count == wanted.count, "a clip is there twice")
    try demand(try insides.rows() == Set(left.keys), "key rows and clips differ")
    let payloads = names("vault/clips").filter { $0 != ".lock" }
    try demand(Set(payloads) == Set(left.keys.map(\.text)), "payloads: \(payloads)")
  }

  /// No file below the folders has the name of one that was being made.
  func demandNothingHalf(in folders: [String]) throws {
    let half = try contents(folders).keys.filter { path in
      path.split(separator: "/").last.map { $0.contains("incoming") } == true
    }
    try demand(half.isEmpty, "left behind: \(half.sorted())")
  }

  /// No bytes of a clip's file stand in any file of vault and state.
  func demandNothingPlain() throws {
    let kept = try contents(FaultVault.folders)
    for file in FaultVault.files {
      guard let clip = bytes(file) else { continue }
      for start in stride(from: 0, to: clip.count - 32, by: 256) {
        let piece = clip.subdata(in: start..<start + 32)
        // Runs of one byte, as MP4 has them, are no clip's own.
        guard Set(piece).count > 8 else { continue }
        for (path, bytes) in kept where bytes.range(of: piece) != nil {
          throw Complaint(description: "\(file), byte \(start), stands plain in \(path)")
        }
      }
    }
  }
}
