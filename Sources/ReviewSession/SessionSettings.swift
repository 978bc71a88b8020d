// SPDX-License-Identifier: Apache-2.0

internal import AuditLog
internal import ClipVault
internal import ReviewCore
package import Vocabulary
internal import Words

/// What a review session is started with.
package struct SessionSettings: Sendable {
  /// The vault, who reviews in it, and at which terminal.
  package var entry: VaultEntry
  package var theme: ThemeChoice
  package var keymap: KeymapChoice
  package var picture: PictureChoice
  /// The most bytes a second that pictures may bring the output to; nil is no limit.
  package var maxBytesPerSecond: Int?
  /// Seconds after which a session that plays by itself leaves; nil is a person's.
  package var autoplaySeconds: Int?
  /// Whether the session locks itself when nobody is at the keys.
  package var isKiosk = false
  /// Whether a mouse is listened to; never in a kiosk.
  package var hasMouse = false
  /// Whether it speaks in plain lines instead of drawing a screen.
  package var isPlain = false
  /// Whether the tour goes on over the clips.
  package var isTour = false

  /// Makes settings.
  package init(
    entry: VaultEntry, theme: ThemeChoice, keymap: KeymapChoice, language: Language,
    picture: PictureChoice,
    maxBytesPerSecond: Int? = nil,
    autoplaySeconds: Int?
  ) {
    self.entry = entry
    self.entry.language = language
    self.theme = theme
    self.keymap = keymap
    self.picture = picture
    self.maxBytesPerSecond = maxBytesPerSecond
    self.autoplaySeconds = autoplaySeconds
  }

  var vault: Vault { entry.vault }
  var reviewer: ReviewerID { ReviewerID(entry.actor.name) }
}

extension State {
  /// A session's state before anything is open.
  init(_ settings: SessionSettings, speed: Speed, nowMilliseconds: Int64) {
    let vault = settings.vault
    self.init(
      texts: settings.entry.texts,
      taxonomy: vault.taxonomy.spoken(settings.entry.texts), reviewer: settings.reviewer,
      seat: settings.entry.seat,
      vault: vault.layout.root, dailyGoal: vault.policy.dailyGoal,
      allowsQuickLevels: vault.policy.quickLevels, speed: speed, nowMilliseconds: nowMilliseconds,
      flaggedHours: vault.policy.flaggedHours, maxOfflineHours: vault.policy.maxOfflineHours,
      vaultNote: vault.hasOpenPeople ? settings.entry.texts(TopPhrase.noPassphrases) : "")
    keymap = settings.keymap.keymap
    themes = settings.theme.names
    if settings.isTour { tour = Tour() }
    isPlain = settings.isPlain
    lookRules = vault.policy.lookRules
    reviewRules = vault.policy.reviewRules
    zoneMilliseconds = SessionClock.zoneMilliseconds(
      wallMilliseconds: SessionClock.wallMilliseconds)
    opinionRules = vault.policy.opinionRules
    lockRules = LockRules(
      idleSeconds: settings.isKiosk ? vault.policy.idleLockSeconds : nil,
      hasPassphrase: settings.entry.identity?.person.hasPassphrase ?? true)
  }
}
