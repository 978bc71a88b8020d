// SPDX-License-Identifier: Apache-2.0

internal import Lockdown
internal import Themes
package import Vocabulary

/// Picks the theme by name, by path, or by what the environment asks for.
package enum ThemeChoice {
  /// The theme called `name` or lying in that file; nil is dark, or mono under `NO_COLOR`.
  package static func theme(_ name: String?) throws(SessionError) -> Theme {
    let noColour = !(ProgramStart.environment["NO_COLOR"] ?? "").isEmpty
    do { return try Themes.find(name ?? (noColour ? "mono" : "dark")) } catch {
      throw .vault("\(error).", exitCode: 65)
    }
  }
}
