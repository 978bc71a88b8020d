// SPDX-License-Identifier: Apache-2.0

package import Sealing
package import Vocabulary

/// Withdrawals and erasures that an offline seat is told: a signed, numbered list.
///
/// Shape: a signed note with the lines `milkglass notices`, `vault ID`, `number N`, `at TIME`, then
/// any number of `withdraw clip ID`, `withdraw subject P`, `erase clip ID`, `erase subject P`. A
/// list without orders says that there were none up to its time.
package struct Notices: Hashable, Sendable {
  /// One thing to do.
  package enum Order: Hashable, Sendable {
    case withdrawClip(ClipID)
    case withdrawSubject(String)
    case eraseClip(ClipID)
    case eraseSubject(String)
  }

  package let vault: VaultID
  /// From 1, without gaps.
  package let number: Int
  /// When it was made, milliseconds since 1970: up to then it is complete.
  package let atMilliseconds: Int64
  package let orders: [Order]

  /// No list has more orders.
  package static let orderLimit = 20_000
  /// How far ahead of the seat's clock a list may have been made, in milliseconds: one day.
  package static let clockTolerance: Int64 = 86_400_000

  /// Makes a list; nil where the number is not positive, a pseudonym is none (see `ConsentNames`),
  /// or there are too many orders.
  package init?(vault: VaultID, number: Int, atMilliseconds: Int64, orders: [Order]) {
    let subjects = orders.compactMap { order in
      switch order {
      case .withdrawSubject(let subject), .eraseSubject(let subject): subject
      case .withdrawClip, .eraseClip: nil
      }
    }
    guard number > 0, orders.count <= Self.orderLimit,
      subjects.allSatisfy(ConsentNames.isPseudonym)
    else { return nil }
    self.vault = vault
    self.number = number
    self.atMilliseconds = atMilliseconds
    self.orders = orders
  }

  /// The list as it is given to seats.
  ///
  /// - Throws: `signature` where the name is none that a note can carry.
  package func signed(
    by key: SigningKey, named name: String
  ) throws(SealingError) -> SignedNote {
    try SignedNote(signing: text, by: key, named: name)
  }

  /// The text that is signed.
  package var text: String {
    var text = "\(Self.title)\nvault \(vault.text)\nnumber \(number)\n"
    text += "at \(Timestamp.text(milliseconds: atMilliseconds))\n"
    return text + orders.map { $0.line + "\n" }.joined()
  }

  private static let title = "milkglass notices"

  /// Reads the text of a list.
  init(_ text: String) throws(NoteLineError) {
    var lines = NoteLines(text)
    try lines.expect(Self.title)
    vault = try lines.vault()
    number = try lines.number("number")
    guard number > 0 else { throw lines.error("must hold a number from 1") }
    atMilliseconds = try lines.time("at")
    var orders: [Order] = []
    while let word = lines.next?.prefix(while: { $0 != " " }) {
      let rest = try lines.value(word == "erase" ? "erase" : "withdraw")
      let parts = rest.split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count == 2, let order = Order(word, parts[0], String(parts[1])) else {
        throw lines.error(
          "must be withdraw or erase, then clip and its id, or subject and a pseudonym")
      }
      orders.append(order)
      guard orders.count <= Self.orderLimit else {
        throw lines.error("is one order too many; \(Self.orderLimit) is the most")
      }
    }
    self.orders = orders
  }
}

extension Notices.Order {
  fileprivate var line: String {
    switch self {
    case .withdrawClip(let clip): "withdraw clip \(clip.text)"
    case .withdrawSubject(let subject): "withdraw subject \(subject)"
    case .eraseClip(let clip): "erase clip \(clip.text)"
    case .eraseSubject(let subject): "erase subject \(subject)"
    }
  }

  fileprivate init?(_ act: Substring, _ kind: Substring, _ name: String) {
    switch kind {
    case "clip":
      guard let clip = ClipID(text: name) else { return nil }
      self = act == "erase" ? .eraseClip(clip) : .withdrawClip(clip)
    case "subject":
      guard ConsentNames.isPseudonym(name) else { return nil }
      self = act == "erase" ? .eraseSubject(name) : .withdrawSubject(name)
    default: return nil
    }
  }
}
