// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sealing
import Testing
import Vocabulary

@testable import ClipVault

@Suite struct NoticesTests {
  private let vault = VaultID.random()
  private let intake = SigningKey()
  private let lead = SigningKey()
  private static let now: Int64 = 1_768_564_800_000
  private static let clip = ClipID(high: 1, low: 2)

  private var signers: ConsentSigners {
    ConsentSigners(
      intake: [.init(name: "intake-1", key: intake.publicKey)],
      leads: [.init(name: "ada", key: lead.publicKey)])
  }

  private func notices(
    _ number: Int = 3, at: Int64 = now, vault other: VaultID? = nil,
    orders: [Notices.Order] = [
      .withdrawClip(clip), .withdrawSubject("subject-42"), .eraseClip(clip),
      .eraseSubject("a:b_c.d-9"),
    ]
  ) throws -> Notices {
    try #require(
      Notices(vault: other ?? vault, number: number, atMilliseconds: at, orders: orders))
  }

  private func read(
    _ bytes: [UInt8], applied: Int = 2
  ) throws(NoticesDefect) -> Notices.Reading {
    try Notices.read(
      bytes, vault: vault, signers: signers, appliedNumber: applied, nowMilliseconds: Self.now)
  }

  private func signed(_ notices: Notices) throws -> [UInt8] {
    Array(try notices.signed(by: lead, named: "ada").encoded.utf8)
  }

  private func defect(_ bytes: [UInt8], applied: Int = 2) -> NoticesDefect? {
    do throws(NoticesDefect) {
      _ = try read(bytes, applied: applied)
      return nil
    } catch { return error }
  }

  private func defect(text: String) -> NoticesDefect? {
    defect(Array(SignedNote(text, signedBy: lead, named: "ada").encoded.utf8))
  }

  @Test func whatIsWrittenIsRead() throws {
    let notices = try notices()
    #expect(try read(signed(notices)) == .next(notices, signer: "ada"))
    let byIntake = Array(try notices.signed(by: intake, named: "intake-1").encoded.utf8)
    #expect(try read(byIntake) == .next(notices, signer: "intake-1"))
    let none = try self.notices(orders: [])
    #expect(try read(signed(none)) == .next(none, signer: "ada"))
    #expect(
      notices.text == """
        milkglass notices
        vault \(vault.text)
        number 3
        at 2026-01-16T12:00:00.000Z
        withdraw clip 00000000000000010000000000000002
        withdraw subject subject-42
        erase clip 00000000000000010000000000000002
        erase subject a:b_c.d-9

        """)
  }

  @Test func numbersHaveNoGaps() throws {
    let third = try signed(notices())
    #expect(try read(third, applied: 3) == .applied(number: 3))
    #expect(try read(third, applied: 9) == .applied(number: 3))
    let gap = try #require(defect(third, applied: 0))
    #expect(gap == .gap(number: 3, missing: 1))
    #expect(
      gap.sentence(file: "n.txt")
        == "n.txt has number 3, but number 1 has not been applied; apply that first.")
    #expect(try defect(signed(notices(1)), applied: 0) == nil)
  }

  @Test func onlyOurOwnAndOnlyFromTheEnrolled() throws {
    let other = VaultID.random()
    #expect(try defect(signed(notices(vault: other))) == .otherVault(other))
    let stranger = SigningKey()
    for name in ["ada", "mallory"] {
      let note = try notices().signed(by: stranger, named: name)
      #expect(defect(Array(note.encoded.utf8)) == .stranger)
    }
    #expect(throws: SealingError.signature) {
      try notices().signed(by: lead, named: "Ada Lovelace")
    }
    #expect(defect(Array(try notices().text.utf8)) == .notSigned)
    #expect(defect([]) == .notSigned)
  }

  @Test func aClockMayDifferByADay() throws {
    let day = Notices.clockTolerance
    #expect(try defect(signed(notices(at: Self.now + day))) == nil)
    #expect(
      try defect(signed(notices(at: Self.now + day + 1))) == .ahead(Self.now + day + 1))
  }

  @Test func aWrongLineIsNamed() throws {
    let good = try notices().text
    #expect(defect(text: good) == nil)
    let mistakes: [(old: String, new: String, line: Int)] = [
      ("milkglass notices", "milkglass notices 2", 1), ("vault ", "vault 0", 2),
      ("number 3", "number 03", 3), ("number 3", "number -3", 3), ("number 3", "number 0", 3),
      ("number 3", "number 99999999999999999999", 3), ("at 2026", "at 26", 4),
      ("withdraw clip 0", "withdraw clip ", 5), ("withdraw clip", "withdraw  clip", 5),
      ("withdraw clip", "restore clip", 5), ("subject subject-42", "subject a b", 6),
      ("subject subject-42", "subject", 6), ("erase clip", "erase camera", 7),
      ("a:b_c.d-9\n", "a@b\n", 8), ("a:b_c.d-9\n", "a\n\n", 9),
    ]
    for (old, new, line) in mistakes {
      let range = try #require(good.firstRange(of: old))
      let text = good.replacingCharacters(range, with: new)
      guard case .line(let error)? = defect(text: text) else {
        Issue.record("\(new) is taken")
        continue
      }
      #expect(error.line == line, "\(new): \(error)")
      #expect(
        NoticesDefect.line(error).sentence(file: "n").hasPrefix("n, line \(line): must"),
        "\(NoticesDefect.line(error).sentence(file: "n"))")
    }
  }

  @Test func everyBitIsSigned() throws {
    let bytes = try signed(notices())
    #expect(defect(bytes) == nil)
    let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"
    for bit in stride(from: 0, to: bytes.count * 8, by: isSoak ? 1 : 5) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(defect(flipped) != nil, "bit \(bit)")
    }
    for count in stride(from: 0, to: bytes.count, by: isSoak ? 1 : 5) {
      #expect(defect(Array(bytes[..<count])) != nil, "cut at \(count)")
    }
  }

  @Test func refusesToMakeWhatItWouldNotRead() {
    func make(_ number: Int, _ orders: [Notices.Order]) -> Bool {
      Notices(vault: vault, number: number, atMilliseconds: 0, orders: orders) != nil
    }
    #expect(make(1, [.eraseSubject("p")]))
    #expect(!make(0, []) && !make(1, [.eraseSubject("a b")]) && !make(1, [.withdrawSubject("")]))
    let many = [Notices.Order](repeating: .eraseClip(Self.clip), count: Notices.orderLimit)
    #expect(make(1, many) && !make(1, many + [.eraseClip(Self.clip)]))
  }

  @Test func theLongestListFitsANote() throws {
    let subject = String(repeating: "p", count: ConsentNames.byteLimit)
    let orders = [Notices.Order](
      repeating: .withdrawSubject(subject), count: Notices.orderLimit)
    let most = try notices(orders: orders)
    #expect(try signed(most).count <= SignedNote.byteLimit)
    #expect(try Notices(most.text) == most)
  }
}
