// SPDX-License-Identifier: Apache-2.0

package import Sealing
package import Vocabulary

/// What an erasure removed, when, on whose order, and what may remain elsewhere.
///
/// Shape: a note signed by the log's key under the name `log`, one fact a line (see `text`); it
/// names no clip but by the name that the audit log used, which nobody can link any more.
package struct Receipt: Hashable, Sendable {
  /// Who ordered it.
  package enum Order: Hashable, Sendable {
    case lead(String)
    case housekeeping
    /// A list of notices, by its number.
    case notices(Int)
  }

  /// Why it was done.
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    /// The clips were named one by one.
    case erase
    /// Everything of a pseudonym.
    case subject
    /// Their time was over.
    case expired
    /// A reviewer flagged them.
    case flagged
  }

  /// An earlier export that held labels of the clips.
  package struct Export: Hashable, Sendable {
    package let number: Int
    package let atMilliseconds: Int64

    /// Names an export.
    package init(number: Int, atMilliseconds: Int64) {
      self.number = number
      self.atMilliseconds = atMilliseconds
    }
  }

  /// What was removed, counted; none is negative.
  package struct Counts: Hashable, Sendable {
    package var clips = 0
    package var payloadBytes = 0
    package var keyRows = 0
    /// Labels by what became of them.
    package var labelsKept = 0
    package var labelsDropped = 0
    package var labelsPseudonymised = 0
    package var leases = 0
    /// Files of pictures: none are ever kept on disk.
    package let caches = 0

    /// Counts nothing yet.
    package init() {}

    var numbers: [Int] {
      [clips, payloadBytes, keyRows, labelsKept, labelsDropped, labelsPseudonymised, leases]
    }
  }

  /// The receipt's number in its vault, from 1.
  package let number: Int
  package let vault: VaultID
  /// When the erasure was done, milliseconds since 1970.
  package let atMilliseconds: Int64
  package let order: Order
  package let reason: Reason
  package let counts: Counts
  /// What the audit log called the clips, sorted.
  package let logNames: [ClipLogName]
  package let exports: [Export]

  /// No receipt names more clips; an erasure of more takes several.
  package static let clipLimit = 50_000
  /// No receipt names more exports; the audit log has them all.
  package static let exportLimit = 1000

  /// What may remain where Milkglass cannot reach, each a line of every receipt.
  package static let remains = [
    "copies of the epoch identity in backups of the state folder, with copies of the key store",
    "raw blocks that a flash disk has not overwritten yet",
    "label files that were given out already",
    "the consent record, which proves that the clip was held rightly",
  ]

  /// Makes a receipt; nil where a number is out of range or a name could not stand in a line.
  package init?(
    number: Int, vault: VaultID, atMilliseconds: Int64, order: Order, reason: Reason,
    counts: Counts, logNames: [ClipLogName], exports: [Export]
  ) {
    guard number > 0, counts.numbers.allSatisfy({ $0 >= 0 }), order.isValid,
      logNames.count <= Self.clipLimit, exports.count <= Self.exportLimit,
      exports.allSatisfy({ $0.number > 0 })
    else { return nil }
    self.number = number
    self.vault = vault
    self.atMilliseconds = atMilliseconds
    self.order = order
    self.reason = reason
    self.counts = counts
    self.logNames = logNames.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    self.exports = exports
  }

  /// The name under which the log's key signs.
  package static let signerName = "log"

  /// The receipt as it is kept.
  package func signed(by logKey: SigningKey) -> SignedNote {
    SignedNote(text, signedBy: logKey, named: Self.signerName)
  }

  /// The receipt's name in `store/receipts`.
  package var fileName: String { "\(number).txt" }
}

extension Receipt.Order {
  fileprivate var text: String {
    switch self {
    case .lead(let name): "lead \(name)"
    case .housekeeping: "housekeeping"
    case .notices(let number): "notice \(number)"
    }
  }

  fileprivate var isValid: Bool {
    switch self {
    case .lead(let name):
      PolicyText.isPlainName(name) && !name.contains(" ")
    case .housekeeping: true
    case .notices(let number): number > 0
    }
  }

  fileprivate init?(_ text: Substring) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("housekeeping", 1): self = .housekeeping
    case ("lead", 2): self = .lead(String(parts[1]))
    case ("notice", 2):
      guard let number = NoteLines.number(parts[1]) else { return nil }
      self = .notices(number)
    default: return nil
    }
    guard isValid else { return nil }
  }
}

extension Receipt {
  private static let title = "milkglass receipt"

  /// The text that is signed.
  package var text: String {
    var text = "\(Self.title)\nvault \(vault.text)\nnumber \(number)\n"
    text += "at \(Timestamp.text(milliseconds: atMilliseconds))\n"
    text += "ordered by \(order.text)\nreason \(reason.rawValue)\n"
    for (keyword, count) in zip(Self.countKeywords, counts.numbers) {
      text += "\(keyword) \(count)\n"
    }
    text += "caches \(counts.caches)\n"
    for name in logNames { text += "log name \(name.text)\n" }
    for export in exports {
      text += "export \(export.number) \(Timestamp.text(milliseconds: export.atMilliseconds))\n"
    }
    for line in Self.remains { text += "may remain: \(line)\n" }
    return text
  }

  /// In the order of `Counts.numbers`.
  private static let countKeywords = [
    "clips", "payload bytes", "key rows", "labels kept", "labels dropped", "labels pseudonymised",
    "leases",
  ]

  /// Why a receipt is not believed.
  package enum Defect: Error, Hashable, Sendable {
    /// It is no signed note, or the log's key did not sign it.
    case notSigned
    /// A line of it is wrong.
    case line(NoteLineError)
    /// It is another vault's.
    case otherVault

    /// What is wrong with the file, and what it means.
    package func sentence(file: String) -> String {
      let name = DisplayText.line(file, limit: 200)
      return switch self {
      case .notSigned: "\(name) is not signed by this vault's log: it is not a receipt of it."
      case .line(let error): "\(name), line \(error.line): \(error.message)."
      case .otherVault: "\(name) is a receipt of another vault."
      }
    }
  }

  /// Reads a receipt and verifies that the log of this vault signed it.
  package init(_ bytes: [UInt8], vault: VaultID, logKey: VerifyingKey) throws(Defect) {
    let note: SignedNote
    do {
      note = try SignedNote(bytes)
      _ = try note.signer(among: [(Self.signerName, logKey)])
    } catch { throw .notSigned }
    let receipt: Receipt
    do throws(NoteLineError) { receipt = try Receipt(note.text) } catch { throw .line(error) }
    guard receipt.vault == vault else { throw .otherVault }
    self = receipt
  }

  private init(_ text: String) throws(NoteLineError) {
    var lines = NoteLines(text)
    try lines.expect(Self.title)
    let vault = try lines.vault()
    let number = try lines.number("number")
    let time = try lines.time("at")
    guard let order = Order(try lines.value("ordered by")) else {
      throw lines.error("must name lead and a name, housekeeping, or notice and a number")
    }
    guard let reason = Reason(rawValue: String(try lines.value("reason"))) else {
      throw lines.error("must be one of \(Reason.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let counts = try Self.counts(&lines)
    var logNames: [ClipLogName] = []
    while let text = try lines.optionalValue("log name") {
      guard let bytes = Hexadecimal.bytes(text, count: 16), let name = ClipLogName(bytes) else {
        throw lines.error("must hold a log name, 32 digits, 0 to f")
      }
      logNames.append(name)
    }
    var exports: [Export] = []
    while let text = try lines.optionalValue("export") {
      exports.append(try Self.export(text, lines))
    }
    for line in Self.remains { try lines.expect("may remain: \(line)") }
    try lines.finish()
    guard
      let receipt = Receipt(
        number: number, vault: vault, atMilliseconds: time, order: order, reason: reason,
        counts: counts, logNames: logNames, exports: exports)
    else { throw lines.error("follows numbers out of range") }
    self = receipt
  }

  private static func counts(_ lines: inout NoteLines) throws(NoteLineError) -> Counts {
    var counts = Counts()
    counts.clips = try lines.number("clips")
    counts.payloadBytes = try lines.number("payload bytes")
    counts.keyRows = try lines.number("key rows")
    counts.labelsKept = try lines.number("labels kept")
    counts.labelsDropped = try lines.number("labels dropped")
    counts.labelsPseudonymised = try lines.number("labels pseudonymised")
    counts.leases = try lines.number("leases")
    try lines.expect("caches 0")
    return counts
  }

  private static func export(
    _ text: Substring, _ lines: NoteLines
  ) throws(NoteLineError) -> Export {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = NoteLines.number(parts[0]), number > 0,
      let time = Timestamp.milliseconds(String(parts[1]))
    else { throw lines.error("must hold an export's number and its time") }
    return Export(number: number, atMilliseconds: time)
  }
}
