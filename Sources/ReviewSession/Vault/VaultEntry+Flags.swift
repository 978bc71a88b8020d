// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import LabelStore
package import Vocabulary

/// Flagged clips, as a lead decides on them who did not flag them.
extension VaultEntry {
  /// The flagged clips: where, when, by whom, how much moved; never a picture or a label.
  package func flaggedLines() throws(SessionError) -> [String] {
    let hours = vault.policy.flaggedHours
    let clips = try withStore { (store) throws(SessionError) in
      try inStore { () throws(StoreError) in try store.flagged(hours: hours) }
    }
    guard !clips.isEmpty else { return ["No clip is flagged."] }
    return clips.flatMap(lines)
  }

  /// Gives a flagged or held clip back; it shows at *strict* from then on.
  package func restore(_ clip: ClipID) throws(SessionError) {
    let taxonomy = vault.taxonomy
    try decide(on: clip) { (store, named, now) throws(StoreError) in
      try store.restore(named, by: actor, taxonomy: taxonomy, nowMilliseconds: now)
    }
  }

  /// Shuts a clip but keeps it until a time; `reason` is one word.
  package func hold(
    _ clip: ClipID, reason: String, untilMilliseconds until: Int64
  ) throws(SessionError) {
    guard AuditValue.isWord(reason) else {
      throw .words(
        "A hold's reason is one word of at most 64 letters, digits and signs; it stands in the log.",
        exitCode: 64)
    }
    let ground = vault.policy.holdDespiteErasure
    try decide(on: clip) { (store, named, now) throws(StoreError) in
      guard until > now else { throw .holdIsOver }
      try store.hold(
        named, reason: reason, untilMilliseconds: until,
        overErasureGround: ground.isEmpty ? nil : ground, by: actor, nowMilliseconds: now)
    }
  }

  private func decide(
    on clip: ClipID, _ act: (LabelStore, NamedClip, Int64) throws(StoreError) -> Void
  ) throws(SessionError) {
    try withStore { (store) throws(SessionError) in
      let now = try now(store)
      guard let named = try named([clip]).first else { return }
      try inStore { () throws(StoreError) in try act(store, named, now) }
    }
  }

  private func lines(_ clip: FlaggedClip) -> [String] {
    let camera = DisplayText.line(clip.camera.text, limit: 40)
    let recorded = clip.recordedAt.isEmpty ? "unknown time" : clip.recordedAt
    let due = Timestamp.text(milliseconds: clip.dueAtMilliseconds)
    var lines = [
      "\(clip.clip.text)  \(camera)  \(recorded)  \(Self.seconds(clip.facts.duration))",
      "  motion  \(Self.strip(clip.facts.motion))",
      "  flagged \(Timestamp.text(milliseconds: clip.flaggedAtMilliseconds)) by "
        + DisplayText.line(clip.flaggedBy.text, limit: 40)
        + (clip.reason.map { ": \($0.rawValue)" } ?? ""),
    ]
    if let reason = clip.heldReason, let until = clip.heldUntilMilliseconds {
      lines.append("  held    until \(Timestamp.text(milliseconds: until)): \(reason)")
    } else {
      lines.append("  erased  \(due) unless a lead decides otherwise")
    }
    return lines
  }

  private static func seconds(_ time: MediaTime) -> String {
    let tenths = time.microseconds / 100_000
    return "\(tenths / 10).\(tenths % 10) s"
  }

  private static func strip(_ motion: [UInt8]) -> String {
    let glyphs: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return motion.isEmpty
      ? "unknown" : String(motion.map { glyphs[min(Int($0), glyphs.count - 1)] })
  }
}
