// SPDX-License-Identifier: Apache-2.0

package import ClipVault
internal import ReviewCore
package import Vocabulary

/// What a review session is started with.
package struct SessionSettings: Sendable {
  package var vault: Vault
  package var reviewer: ReviewerID
  /// The terminal's name on screen.
  package var seat: String
  package var theme: Theme
  package var picture: PictureChoice
  /// Seconds after which a session that plays by itself leaves; nil is a person's.
  package var autoplaySeconds: Int?

  /// Makes settings.
  package init(
    vault: Vault, reviewer: ReviewerID, seat: String, theme: Theme, picture: PictureChoice,
    autoplaySeconds: Int?
  ) {
    self.vault = vault
    self.reviewer = reviewer
    self.seat = seat
    self.theme = theme
    self.picture = picture
    self.autoplaySeconds = autoplaySeconds
  }
}

extension State {
  /// A session's state before anything is open.
  init(_ settings: SessionSettings, speed: Speed, nowMilliseconds: Int64) {
    let vault = settings.vault
    self.init(
      taxonomy: vault.taxonomy, reviewer: settings.reviewer, seat: settings.seat,
      vault: vault.layout.root, dailyGoal: vault.policy.dailyGoal,
      allowsQuickLevels: vault.policy.quickLevels, speed: speed, nowMilliseconds: nowMilliseconds)
  }
}

/// How the picture is drawn.
package enum PictureChoice: String, Sendable, CaseIterable {
  /// The best the terminal is known to show.
  case auto
  /// Half blocks in 24-bit colour.
  case half
  /// Half blocks in 256 colours.
  case half256
  /// Letters without colour.
  case ascii
}
