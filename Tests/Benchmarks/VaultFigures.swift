// SPDX-License-Identifier: Apache-2.0
import AuditLog
import ClipVault
import LabelStore
import Lockdown
import ReviewSession
import Sealing
import Vocabulary

/// How soon a person is in, a clip is open, and a label is in the log.
struct VaultFigures {
  let fixture: Fixture

  /// The size for which opening has a figure to reach.
  private static let clipByteCount = 5_000_000

  func measure(_ clip: String) throws {
    try enter()
    let padded = try fixture.padded(clip, to: Self.clipByteCount)
    let vault = try fixture.vault("opened", clips: [padded])
    try open(vault)
    try label(vault)
  }

  private func enter() throws {
    let clock = ContinuousClock()
    let plain = try fixture.makeVault("entered")
    var entering = Samples()
    for _ in 0..<40 {
      entering.add(
        try clock.measure { _ = try fixture.entrance(plain.vault).open(for: .review, .unconfined) }
          .inMilliseconds)
    }
    Table.print(
      Figure(name: "enter a vault, no passphrase", unit: .milliseconds, samples: entering))
    let passphrase = SecretBytes(Array("seven dull words for a benchmark".utf8).span)
    let earnest = try fixture.makeVault("earnest", policy: Policy(), passphrase: passphrase)
    var unlocking = Samples()
    for _ in 0..<5 {
      unlocking.add(
        try clock.measure { _ = try earnest.unlock(Fixture.person, passphrase) }.inMilliseconds)
    }
    Table.print(
      Figure(
        name: "try a passphrase", unit: .milliseconds, samples: unlocking,
        target: "about 1000 ms: each guess costs it"))
  }

  private func open(_ vault: Fixture.Filled) throws {
    let clock = ContinuousClock()
    let opener = try vault.opener()
    let row = try vault.row(of: vault.clips[0])
    let bytes = [UInt8](repeating: 7, count: Self.clipByteCount)
    var (opening, copying, finding) = (Samples(), Samples(), Samples())
    for _ in 0..<200 {
      opening.add(try clock.measure { _ = try opener.seal(row) }.inMilliseconds)
      copying.add(try clock.measure { _ = try SealedClip(bytes) }.inMilliseconds)
      finding.add(try clock.measure { _ = try vault.row(of: row.id) }.inMilliseconds)
    }
    Table.print(
      Figure(
        name: "decrypt a clip of 5 MB into sealed memory", unit: .milliseconds, samples: opening,
        references: [.init(name: "copy 5 MB into sealed memory", samples: copying)],
        target: "≤ 5 ms"))
    Table.print(
      Figure(name: "find a clip's row in the key store", unit: .milliseconds, samples: finding))
  }

  /// Label events as a session appends them, each with its events of the log in one transaction.
  private func label(_ vault: Fixture.Filled) throws {
    let clip = vault.clips[0]
    let store = try vault.vault.openStore()
    let session = try store.beginSession(
      AuditActor(Fixture.person), taxonomy: vault.vault.taxonomy, nowMilliseconds: 0)
    session.name(clip, as: try vault.row(of: clip).logName)
    _ = try store.lease(clip, session: session, nowMilliseconds: 0)
    let term = vault.vault.taxonomy.terms(.happened)[0].id
    let disk = try RawDisk(folder: vault.vault.layout.store)
    var (appending, raw) = (Samples(), Samples())
    for ordinal in 0..<200 {
      let event = LabelEvent(
        clip: clip, ordinal: ordinal, reviewer: ReviewerID(Fixture.person), atMilliseconds: 0,
        taxonomyVersion: vault.vault.taxonomy.version,
        change: ordinal % 2 == 0 ? .set(term, isConfirmation: false) : .clear(term))
      appending.add(
        try ContinuousClock().measure { try store.append([event], session: session) }
          .inMilliseconds)
      raw.add(try disk.append().inMilliseconds)
    }
    try session.end(nowMilliseconds: 0)
    try store.close()
    Table.print(
      Figure(
        name: "append a label and its event of the log", unit: .milliseconds, samples: appending,
        references: [.init(name: "write, fdatasync", samples: raw)],
        target: "p99 ≤ raw p99 + 10 ms"))
  }
}
