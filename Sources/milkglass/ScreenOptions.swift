// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Lockdown
import ReviewSession
import Vocabulary

/// The options of every command that has a screen.
struct ScreenOptions: ParsableArguments {
  @Option(
    help:
      "A theme's name (dark, light, high-contrast, colour-blind, mono, console) or a theme file's path.",
    completion: .list(ThemeChoice.words))
  var theme: String?

  @Option(help: "What the screen speaks: en or de (default: as LC_ALL, LC_MESSAGES or LANG say).")
  var language: Language?

  /// What the screen speaks.
  var spoken: Language { language ?? Language(environment: ProgramStart.environment.values) }
}

extension Language: ExpressibleByArgument {}
