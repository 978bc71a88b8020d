// SPDX-License-Identifier: Apache-2.0

internal import Lockdown
internal import Themes
package import Vocabulary

/// The themes that a session offers, and the one it begins with.
package struct ThemeChoice: Sendable {
  /// The built-in ones, and one of the user's own behind them; never empty.
  let offered: [Theme]
  /// Which one was asked for; nil leaves it to what the reviewer chose last.
  private let wanted: Int?

  /// The theme called `name` or lying in that file; nil asks for none.
  ///
  /// - Throws: where there is none, or it cannot be read.
  package init(_ name: String?) throws(SessionError) {
    do {
      var offered = try Themes.builtIn()
      if let name {
        if let index = Themes.names.firstIndex(of: name) {
          wanted = index
        } else {
          offered.append(try Themes.find(name))
          wanted = offered.count - 1
        }
      } else {
        wanted = nil
      }
      self.offered = offered
    } catch { throw .ownFile(error) }
  }

  /// The names of those that Milkglass comes with.
  package static var words: [String] { Themes.names }

  /// What the menu calls each.
  var names: [String] { offered.map { DisplayText.line($0.name, limit: 24) } }

  /// The theme to begin with: the one that was asked for, else the one of the name `saved`, else what
  /// suits the terminal.
  ///
  /// `NO_COLOR` outranks what was saved.
  func first(saved: String?) -> Int {
    if let wanted { return wanted }
    let environment = ProgramStart.environment
    if !(environment["NO_COLOR"] ?? "").isEmpty { return index("mono") }
    if let saved, let index = Themes.names.firstIndex(of: saved) { return index }
    return index(environment["TERM"]?.hasPrefix("linux") == true ? "console" : "dark")
  }

  /// The theme to begin with where nothing was saved.
  package var initial: Theme { offered[first(saved: nil)] }

  /// The name to keep for the next session; nil for a theme that it might not find.
  func savedName(_ index: Int) -> String? {
    Themes.names.indices.contains(index) ? Themes.names[index] : nil
  }

  private func index(_ name: String) -> Int { Themes.names.firstIndex(of: name) ?? 0 }
}
