// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sealing
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct ReceiptTests {
  private let vault = VaultID.random()
  private let log = SigningKey()
  private static let names = [3, 1, 2].map { (byte: UInt8) in [UInt8](repeating: byte, count: 16) }

  private func make(
    number: Int = 7, order: Receipt.Order = .lead("ada"), reason: Receipt.Reason = .subject,
    names: [ClipLogName] = names.compactMap(ClipLogName.init), clips: Int = 3
  ) -> Receipt? {
    var counts = Receipt.Counts()
    counts.clips = clips
    counts.payloadBytes = 15_000_000
    counts.keyRows = 3
    counts.labelsPseudonymised = 2
    counts.leases = 1
    return Receipt(
      number: number, vault: vault, atMilliseconds: 1_768_564_800_250, order: order,
      reason: reason, counts: counts, logNames: names,
      exports: [.init(number: 4, atMilliseconds: 1_768_425_330_000)])
  }

  private func read(_ bytes: [UInt8]) -> Result<Receipt, Receipt.Defect> {
    do throws(Receipt.Defect) {
      return .success(try Receipt(bytes, vault: vault, logKey: log.publicKey))
    } catch { return .failure(error) }
  }

  private func signed(_ text: String) -> [UInt8] {
    Array(SignedNote(text, signedBy: log, named: "log").encoded.utf8)
  }

  @Test func saysWhatWasRemovedAndWhatMayRemain() throws {
    let receipt = try #require(make())
    #expect(receipt.fileName == "7.txt")
    #expect(
      receipt.text == """
        milkglass receipt
        vault \(vault.text)
        number 7
        at 2026-01-16T12:00:00.250Z
        ordered by lead ada
        reason subject
        clips 3
        payload bytes 15000000
        key rows 3
        labels kept 0
        labels dropped 0
        labels pseudonymised 2
        leases 1
        caches 0
        log name 01010101010101010101010101010101
        log name 02020202020202020202020202020202
        log name 03030303030303030303030303030303
        export 4 2026-01-14T21:15:30.000Z
        may remain: copies of the epoch identity in backups of the state folder, with copies of \
        the key store
        may remain: raw blocks that a flash disk has not overwritten yet
        may remain: label files that were given out already
        may remain: the consent record, which proves that the clip was held rightly

        """)
  }

  @Test func whatIsWrittenIsRead() throws {
    for order in [Receipt.Order.lead("ada"), .housekeeping, .notices(12)] {
      for reason in Receipt.Reason.allCases {
        let receipt = try #require(make(order: order, reason: reason))
        #expect(read(Array(receipt.signed(by: log).encoded.utf8)) == .success(receipt))
      }
    }
    let bare = try #require(make(names: []))
    #expect(read(signed(bare.text)) == .success(bare))
  }

  @Test func onlyTheLogOfThisVaultSignsReceipts() throws {
    let receipt = try #require(make())
    let stranger = SigningKey()
    #expect(read(Array(receipt.signed(by: stranger).encoded.utf8)) == .failure(.notSigned))
    let other = SignedNote(receipt.text, signedBy: log, named: "ada")
    #expect(read(Array(other.encoded.utf8)) == .failure(.notSigned))
    let foreign = receipt.text.replacing(vault.text, with: VaultID.random().text)
    #expect(read(signed(foreign)) == .failure(.otherVault))
    #expect(read(Array(receipt.text.utf8)) == .failure(.notSigned))
  }

  @Test func everyBitIsSigned() throws {
    let bytes = Array(try #require(make()).signed(by: log).encoded.utf8)
    guard case .success = read(bytes) else { throw Receipt.Defect.notSigned }
    let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"
    for bit in stride(from: 0, to: bytes.count * 8, by: isSoak ? 1 : 7) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      guard case .failure = read(flipped) else {
        Issue.record("bit \(bit) is not signed")
        continue
      }
    }
  }

  @Test func aWrongLineIsNamed() throws {
    let good = try #require(make()).text
    let mistakes: [(old: String, new: String, line: Int)] = [
      ("milkglass receipt", "milkglass receipts", 1), ("number 7", "number seven", 3),
      ("at 2026", "at 20260", 4), ("lead ada", "lead ada b", 5), ("lead ada", "ada", 5),
      ("lead ada", "notice 0", 5), ("reason subject", "reason whim", 6),
      ("clips 3", "clips -3", 7), ("caches 0", "caches 1", 14), ("log name 01", "log name 0", 15),
      ("export 4 ", "export 0 ", 18), ("may remain: raw", "may remain: rare", 20),
      ("held rightly\n", "held rightly\nand more\n", 23),
    ]
    for (old, new, line) in mistakes {
      let range = try #require(good.firstRange(of: old), "\(old)")
      guard
        case .failure(.line(let error)) = read(
          signed(good.replacingCharacters(range, with: new)))
      else {
        Issue.record("\(new) is taken")
        continue
      }
      #expect(error.line == line, "\(new): \(error)")
    }
  }

  @Test func refusesToMakeWhatItWouldNotRead() {
    #expect(make() != nil)
    #expect(make(number: 0) == nil && make(clips: -1) == nil)
    #expect(make(order: .lead("a b")) == nil && make(order: .lead("")) == nil)
    #expect(make(order: .lead("a\nb")) == nil && make(order: .notices(0)) == nil)
  }

  @Test func theLargestReceiptFitsANote() throws {
    let names = try (0..<Receipt.clipLimit).map { number in
      try #require(ClipLogName(ClipID(high: UInt64(number), low: 0).bytes))
    }
    let most = try #require(make(names: names))
    let bytes = signed(most.text)
    #expect(bytes.count <= SignedNote.byteLimit)
    #expect(read(bytes) == .success(most))
    let one = try #require(ClipLogName(ClipID(high: 0, low: 1).bytes))
    #expect(make(names: names + [one]) == nil)
  }
}
