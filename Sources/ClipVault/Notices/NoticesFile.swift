// SPDX-License-Identifier: Apache-2.0

import Sealing
import Vocabulary

/// Why a list of notices is not applied.
package enum NoticesDefect: Error, Hashable, Sendable {
  /// It is no signed note.
  case notSigned
  /// Nobody enrolled signed it.
  case stranger
  /// A line of it is wrong.
  case line(NoteLineError)
  /// It is for another vault.
  case otherVault(VaultID)
  /// It was made more than a day ahead of this seat's clock; milliseconds since 1970.
  case ahead(Int64)
  /// An earlier one has not been applied yet: that number.
  case gap(number: Int, missing: Int)

  /// What to tell a person about the file: what is wrong, and what to do next.
  package func sentence(file: String) -> String {
    let name = DisplayText.line(file, limit: 200)
    return switch self {
    case .notSigned: "\(name) is not a signed list of notices; fetch it again."
    case .stranger: "\(name) is signed by nobody enrolled in this vault; nothing was applied."
    case .line(let error):
      "\(name), line \(error.line): \(error.message); nothing was applied."
    case .otherVault(let vault):
      "\(name) is for the vault \(vault.text), not for this one; nothing was applied."
    case .ahead(let time):
      "\(name) was made on \(Timestamp.day(milliseconds: time)), which lies ahead; check the clock."
    case .gap(let number, let missing):
      "\(name) has number \(number), but number \(missing) has not been applied; apply that first."
    }
  }

  /// The exit code after `sysexits.h`.
  package var exitCode: Int32 { 65 }
}

extension Notices {
  /// What a list is to a vault that may take it.
  package enum Reading: Hashable, Sendable {
    /// It is the next one; `signer` made it.
    case next(Notices, signer: String)
    /// Its number was applied already; nothing is to be done.
    case applied(number: Int)
  }

  /// Reads a list's file and decides whether it may be applied: signature, vault, time, number.
  ///
  /// `appliedNumber` is the number applied last, 0 where there was none; `nowMilliseconds` is the
  /// wall clock since 1970.
  package static func read(
    _ bytes: [UInt8], vault: VaultID, signers: ConsentSigners, appliedNumber: Int,
    nowMilliseconds: Int64
  ) throws(NoticesDefect) -> Reading {
    let note: SignedNote
    do { note = try SignedNote(bytes) } catch { throw .notSigned }
    let signer: String
    do {
      signer = try note.signer(among: (signers.leads + signers.intake).map { ($0.name, $0.key) })
    } catch { throw .stranger }
    let notices: Notices
    do throws(NoteLineError) { notices = try Notices(note.text) } catch { throw .line(error) }
    guard notices.vault == vault else { throw .otherVault(notices.vault) }
    guard notices.atMilliseconds <= nowMilliseconds + clockTolerance else {
      throw .ahead(notices.atMilliseconds)
    }
    guard notices.number > appliedNumber else { return .applied(number: notices.number) }
    guard notices.number == appliedNumber + 1 else {
      throw .gap(number: notices.number, missing: appliedNumber + 1)
    }
    return .next(notices, signer: signer)
  }

  /// Reads a list's file, which may be as large as a signed note.
  package static func read(
    file: String, vault: VaultID, signers: ConsentSigners, appliedNumber: Int,
    nowMilliseconds: Int64
  ) throws(VaultError) -> Result<Reading, NoticesDefect> {
    let bytes = try VaultDisk.read(file, limit: SignedNote.byteLimit)
    do throws(NoticesDefect) {
      return .success(
        try read(
          bytes, vault: vault, signers: signers, appliedNumber: appliedNumber,
          nowMilliseconds: nowMilliseconds))
    } catch { return .failure(error) }
  }

  /// What to tell where a number was applied already.
  package static func appliedSentence(_ number: Int) -> String {
    "Notices number \(number) were applied already; nothing was to be done."
  }
}
