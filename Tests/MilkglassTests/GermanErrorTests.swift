// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PtySupport
import TerminalModels
import Testing
import Vocabulary

/// Errors that a German session meets, heard whole: none of them is told in English.
@Suite("Errors in German")
struct GermanErrorTests {
  /// Lines that hold a word that English alone has.
  private static func english(_ said: String) -> [String] {
    let words: Set = ["the", "is", "of", "not", "this", "and", "does", "cannot", "name", "asks"]
    return said.split(separator: "\n").map(String.init).filter { line in
      !words.isDisjoint(with: line.split { !$0.isLetter }.map { $0.lowercased() })
    }
  }

  @Test("a refusal of consent, and a store that stays busy")
  func consentAndStore() throws {
    let vault = try TestVault.mixed()
    try vault.demand(["policy", "edit", "reviewer_place=CH"])
    let seat = try PlainSeat(vault, language: .german)
    try seat.hearClip(1)
    let start = seat.said.count
    seat.program.send("j")
    try seat.hear("nennen \"CH\" nicht", after: start)
    #expect(seat.said.contains("geht nicht auf: die \"reviewer_places\""))
    seat.program.send("k")
    try seat.hearClip(1, after: start)
    let hold = try StoreHold(vault)
    seat.program.send("v")
    try seat.hear("Ein anderer Prozess belegt den Speicher der Labels", after: start)
    _ = consume hold
    #expect(Self.english(seat.said).isEmpty, "\(Self.english(seat.said))")
    #expect(try seat.leave())
    seat.expectPlainBytes()
  }

  @Test("an English session is full of English: the control")
  func control() throws {
    let vault = try TestVault.mixed()
    try vault.demand(["policy", "edit", "reviewer_place=CH"])
    let seat = try PlainSeat(vault)
    try seat.hearClip(1)
    seat.program.send("j")
    try seat.hear("do not name \"CH\"")
    #expect(!Self.english(seat.said).isEmpty)
    #expect(try seat.leave())
  }
}
