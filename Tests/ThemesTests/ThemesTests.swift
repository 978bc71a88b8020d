// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictTOML
import Testing
import Themes
import Vocabulary

@Suite struct ThemesTests {
  @Test func everyBuiltInThemeIsWhole() throws {
    for name in Themes.names {
      let theme = try #require(try Themes.named(name))
      #expect(theme.name == name)
      #expect(Set(theme.styles.keys) == Set(StyleRole.allCases))
    }
    #expect(try Themes.named("nosuch") == nil)
  }

  /// Roles whose words must be read; the others are bars, and what only accompanies.
  private static let graphicRoles: Set<StyleRole> = [
    .motion, .playhead, .segment, .progress, .pane,
  ]

  /// WCAG 2.1 contrast: 4.5 for words, 7 where high contrast is promised, 3 for graphics.
  @Test(arguments: [
    ("dark", 4.5), ("light", 4.5), ("high-contrast", 7), ("colour-blind", 4.5), ("console", 4.5),
  ])
  func colouredThemesCanBeRead(name: String, words: Double) throws {
    let theme = try #require(try Themes.named(name))
    for role in StyleRole.allCases {
      let style = theme[role]
      let contrast = contrast(
        try #require(style.foreground), try #require(style.background))
      let least = Self.graphicRoles.contains(role) ? min(words, 3.0) : words
      #expect(contrast >= least, "\(name).\(role.name): \(contrast)")
    }
  }

  @Test(arguments: ["dark", "light", "high-contrast", "colour-blind", "console"])
  func statesHaveColoursOfTheirOwn(name: String) throws {
    let theme = try #require(try Themes.named(name))
    let states = Self.states.compactMap { theme[$0].foreground }
    #expect(Set(states).count == 4)
    for role in [StyleRole.text, .quiet, .heading, .key, .notice, .motion, .playhead, .progress] {
      let colour = try #require(theme[role].foreground)
      let parts = [colour.red, colour.green, colour.blue].map(Int.init)
      let spread = (parts.max() ?? 0) - (parts.min() ?? 0)
      #expect(spread <= 32, "\(name).\(role.name) is coloured but is no state")
    }
  }

  private static let states: [StyleRole] = [.prediction, .set, .flagged, .frost]

  @Test(arguments: ColourVision.allCases)
  func statesStayApartForEveryKindOfEye(vision: ColourVision) throws {
    let safe = try #require(try Themes.named("colour-blind"))
    #expect(leastDistance(safe, vision) >= 40)
  }

  /// The measure finds what it is there to find: in the dark theme, red and green come near each other.
  @Test func theMeasureSeesColoursThatCollide() throws {
    let dark = try #require(try Themes.named("dark"))
    let seen = ColourVision.allCases.map { leastDistance(dark, $0) }
    #expect(seen.contains { $0 < 25 })
    #expect(RGB(255, 0, 0).distance(to: RGB(0, 255, 0), for: .usual) > 150)
    #expect(RGB(200, 120, 0).distance(to: RGB(150, 150, 0), for: .deuteranopia) < 20)
    #expect(RGB(9, 9, 9).distance(to: RGB(9, 9, 9), for: .tritanopia) == 0)
  }

  private func leastDistance(_ theme: Theme, _ vision: ColourVision) -> Double {
    let colours = Self.states.compactMap { theme[$0].foreground }
    let pairs = colours.indices.flatMap { one in
      colours.indices.filter { $0 > one }.map { (colours[one], colours[$0]) }
    }
    return pairs.map { $0.0.distance(to: $0.1, for: vision) }.min() ?? 0
  }

  @Test func theConsolesColoursAreAmongTheSixteen() throws {
    let theme = try #require(try Themes.named("console"))
    let named = [
      "000000", "cd0000", "00cd00", "cdcd00", "0000ee", "cd00cd", "00cdcd", "e5e5e5", "7f7f7f",
      "ff0000", "00ff00", "ffff00", "5c5cff", "ff00ff", "00ffff", "ffffff",
    ]
    for style in theme.styles.values {
      for colour in [try #require(style.foreground), try #require(style.background)] {
        let digits = [colour.red, colour.green, colour.blue].map { String($0, radix: 16) }
          .map { $0.count == 1 ? "0" + $0 : $0 }
        #expect(named.contains(digits.joined()))
      }
    }
  }

  @Test(arguments: ["mono", "console"]) func boldTellsWhatHueCannot(name: String) throws {
    let theme = try #require(try Themes.named(name))
    #expect(theme[.set].isBold && theme[.flagged].isBold && theme[.selected].isBold)
    #expect(!theme[.prediction].isBold && !theme[.text].isBold)
  }

  @Test func monoHasNoColour() throws {
    let theme = try #require(try Themes.named("mono"))
    #expect(theme.background == nil)
    #expect(theme.styles.values.allSatisfy { $0.foreground == nil && $0.background == nil })
    #expect(theme[.set].isBold != theme[.prediction].isBold)
  }

  @Test func contrastIsThatOfTheStandard() {
    #expect(abs(contrast(RGB(0, 0, 0), RGB(255, 255, 255)) - 21) < 0.001)
    #expect(abs(contrast(RGB(0x76, 0x76, 0x76), RGB(255, 255, 255)) - 4.54) < 0.01)
  }

  @Test func readsAUsersOwnFileAndRefusesWhatIsWrong() throws {
    let whole = StyleRole.allCases.map { "[styles.\($0.name)]\nforeground = \"#0A0b0c\"\n" }
      .joined()
    let text = "name = \"own\"\nbackground = \"#ffffff\"\n" + whole
    let theme = try ThemeFile.parse(text, fileName: "own.toml")
    #expect(
      theme[.text]
        == RoleStyle(foreground: RGB(10, 11, 12), background: RGB(255, 255, 255), isBold: false))
    let wrong = [
      (text.replacing("#ffffff", with: "white"), "own.toml:2:1: \"background\" must be"),
      (text.replacing("[styles.quiet]", with: "[styles.loud]"), "\"quiet\" is missing"),
      (text + "blink = true\n", "unknown field \"blink\""),
      (text + "[styles.extra]\nforeground = \"default\"\n", "unknown field \"extra\""),
      (text.replacing("name = ", with: "nam = "), "\"name\" is missing"),
    ]
    for (text, message) in wrong {
      let error = #expect(throws: PolicyFileError.self) {
        try ThemeFile.parse(text, fileName: "own.toml")
      }
      #expect(try #require(error).description.contains(message))
    }
    let path = FileManager.default.temporaryDirectory.path + "/theme-\(UUID().uuidString).toml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: PolicyFileError.self) { try Themes.find(path) }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try Themes.find(path) == theme)
    #expect(throws: PolicyFileError.self) { try Themes.find("/tmp/") }
    #expect(throws: PolicyFileError.self) { try Themes.find("nosuch") }
  }

  private func contrast(_ one: RGB, _ other: RGB) -> Double {
    let lights = [luminance(one), luminance(other)].sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }

  private func luminance(_ colour: RGB) -> Double {
    func linear(_ byte: UInt8) -> Double {
      let value = Double(byte) / 255
      return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green)
      + 0.0722 * linear(colour.blue)
  }
}
