// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// The view menu: what can be changed about the picture and the screen, and what it was before.
package struct ViewMenu: Hashable, Sendable {
  /// One thing that can be changed.
  package enum Row: Int, CaseIterable, Hashable, Sendable {
    case picture, drawing, zoom, brightness, contrast, gamma, theme

    /// As the menu names it.
    func name(_ texts: Texts) -> String {
      switch self {
      case .picture: texts(ViewPhrase.picture)
      case .drawing: texts(ViewPhrase.drawing)
      case .zoom: texts(ViewPhrase.zoom)
      case .brightness: texts(ViewPhrase.brightness)
      case .contrast: texts(ViewPhrase.contrast)
      case .gamma: texts(ViewPhrase.gamma)
      case .theme: texts(KeysPhrase.theme)
      }
    }
  }

  /// The row that the arrows change.
  package internal(set) var row: Row
  /// What `Esc` goes back to.
  let before: PictureSetting

  mutating func move(by rows: Int) {
    let count = Row.allCases.count
    row = Row(rawValue: (row.rawValue + rows + count) % count) ?? row
  }
}

/// Moving a zoomed picture in its pane: the menu it came from, and where the picture stood.
package struct PanMode: Hashable, Sendable {
  let menu: ViewMenu
  let before: PictureAdjustment
}

extension PictureSetting {
  /// What a row of the view menu says.
  func value(_ row: ViewMenu.Row, themes: [String], _ texts: Texts) -> String {
    switch row {
    case .picture: kind.title(texts)
    case .drawing: adjustment.drawing.name(texts)
    case .zoom: adjustment.zoom.name
    case .brightness: Words.step(adjustment.brightness)
    case .contrast: Words.step(adjustment.contrast)
    case .gamma: Words.step(adjustment.gamma)
    case .theme: themes.indices.contains(theme) ? themes[theme] : ""
    }
  }

  /// Changes what a row stands for by one step; choices go round, steps end at their bounds.
  mutating func change(_ row: ViewMenu.Row, by step: Int, kinds: [PictureKind], themes: Int) {
    switch row {
    case .picture: kind = Self.next(kind, by: step, in: kinds)
    case .drawing:
      adjustment.drawing = Self.next(
        adjustment.drawing, by: step, in: PictureAdjustment.Drawing.allCases)
    case .zoom:
      let zooms = PictureAdjustment.Zoom.allCases
      let index = (zooms.firstIndex(of: adjustment.zoom) ?? 0) + step
      guard zooms.indices.contains(index) else { return }
      adjustment.zoom = zooms[index]
      adjustment.pan(right: 0, down: 0)
    case .brightness: adjustment.brightness += step
    case .contrast: adjustment.contrast += step
    case .gamma: adjustment.gamma += step
    case .theme: theme = Self.next(theme, by: step, in: Array(0..<max(1, themes)))
    }
  }

  private static func next<Choice: Equatable>(
    _ choice: Choice, by step: Int, in choices: [Choice]
  ) -> Choice {
    guard !choices.isEmpty else { return choice }
    guard let index = choices.firstIndex(of: choice) else { return choices[0] }
    return choices[(index + step + choices.count) % choices.count]
  }
}
