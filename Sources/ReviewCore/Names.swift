// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

// What has a name of its own in files has another on the screen, in the reviewer's language.

extension Frost {
  /// The word on the screen.
  package func name(_ texts: Texts) -> String {
    switch self {
    case .clear: texts(NamePhrase.clear)
    case .soft: texts(NamePhrase.soft)
    case .frosted: texts(NamePhrase.frosted)
    case .strict: texts(NamePhrase.strict)
    case .solid: texts(NamePhrase.solid)
    }
  }
}

extension ClipSource {
  /// The words on the screen.
  package func name(_ texts: Texts) -> String {
    switch self {
    case .customerFeedback: texts(NamePhrase.customerClip)
    case .staffTest: texts(NamePhrase.staffClip)
    }
  }
}

extension Axis {
  /// The heading.
  func title(_ texts: Texts) -> String {
    switch self {
    case .moved: texts(NamePhrase.axisMoved)
    case .happened: texts(NamePhrase.axisHappened)
    case .level: texts(NamePhrase.axisLevel)
    }
  }

  /// The heading where there is little room.
  func shortTitle(_ texts: Texts) -> String {
    switch self {
    case .moved: texts(NamePhrase.shortMoved)
    case .happened: texts(NamePhrase.shortHappened)
    case .level: texts(NamePhrase.shortLevel)
    }
  }

  /// What its keys are for, among the hints.
  func hint(_ texts: Texts) -> String {
    switch self {
    case .moved: texts(HintPhrase.whatMoved)
    case .happened: texts(HintPhrase.whatHappened)
    case .level: texts(HintPhrase.alarmLevel)
    }
  }
}

extension RegionKind {
  func name(_ texts: Texts) -> String {
    switch self {
    case .face: texts(NamePhrase.face)
    case .person: texts(NamePhrase.person)
    case .text: texts(NamePhrase.text)
    case .screen: texts(NamePhrase.screen)
    }
  }
}

extension FlagReason {
  func name(_ texts: Texts) -> String {
    switch self {
    case .nudity: texts(NamePhrase.flagNudity)
    case .intimacy: texts(NamePhrase.flagIntimacy)
    case .child: texts(NamePhrase.flagChild)
    case .violence: texts(NamePhrase.flagViolence)
    case .other: texts(NamePhrase.flagOther)
    }
  }

  /// The reasons as the screen offers them.
  static func reasons(_ texts: Texts) -> [Reason] {
    zip("12345", allCases).map { key, reason in
      Reason(id: reason.rawValue, key: key, name: reason.name(texts))
    }
  }
}

extension LookReason {
  private func name(_ texts: Texts) -> String {
    switch self {
    case .person: texts(NamePhrase.lookPerson)
    case .carried: texts(NamePhrase.lookCarried)
    case .danger: texts(NamePhrase.lookDanger)
    case .prediction: texts(NamePhrase.lookPrediction)
    case .other: texts(NamePhrase.lookOther)
    }
  }

  /// The reasons as a prompt offers them.
  static func reasons(_ texts: Texts) -> [Reason] {
    zip("12345", allCases).map { key, reason in
      Reason(id: reason.rawValue, key: key, name: reason.name(texts))
    }
  }
}

extension PictureAdjustment.Drawing {
  func name(_ texts: Texts) -> String {
    switch self {
    case .plain: texts(ViewPhrase.plain)
    case .grey: texts(ViewPhrase.grey)
    case .edges: texts(ViewPhrase.edges)
    }
  }
}

extension PictureKind {
  /// What it shows, in the view menu.
  func title(_ texts: Texts) -> String {
    switch self {
    case .sixel: texts(ViewPhrase.sixel)
    case .kitty: texts(ViewPhrase.kitty)
    case .octant: texts(ViewPhrase.octant)
    case .sextant: texts(ViewPhrase.sextant)
    case .quadrant: texts(ViewPhrase.quadrant)
    case .half: texts(ViewPhrase.half)
    case .half256: texts(ViewPhrase.half256)
    case .half16: texts(ViewPhrase.half16)
    case .braille: texts(ViewPhrase.braille)
    case .letters: texts(ViewPhrase.letters)
    case .ascii: texts(ViewPhrase.ascii)
    case .console: texts(ViewPhrase.console)
    }
  }
}
