// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// How the screen is drawn, as the view menu sets it.
package struct PictureSetting: Hashable, Sendable {
  /// The way it is drawn.
  package var kind: PictureKind
  /// The theme of the screen around it, an index of `State.themes`.
  package var theme = 0
  /// What is changed about its looks, after the frost.
  package var adjustment = PictureAdjustment.none

  /// A picture drawn that way, otherwise as it is.
  package init(kind: PictureKind) { self.kind = kind }

  /// What differs from the picture as it is, in words for the screen; empty where nothing does.
  func differences(_ texts: Texts) -> [String] {
    var words: [String] = []
    if adjustment.zoom != .whole { words.append(adjustment.zoom.name) }
    if adjustment.drawing != .plain { words.append(adjustment.drawing.name(texts)) }
    let steps = [
      (ViewPhrase.brightness, adjustment.brightness), (.contrast, adjustment.contrast),
      (.gamma, adjustment.gamma),
    ]
    for (name, step) in steps where step != 0 {
      words.append("\(texts(name)) \(Words.step(step))")
    }
    return words
  }
}
