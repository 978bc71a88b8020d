// SPDX-License-Identifier: Apache-2.0

// A program for the tests: it puts a `TerminalScreen` through its paces, a key at a time, asks for a
// passphrase (`once`, `twice`…), holds hostile strings against the grammar (`hostile COUNT SEED`), or
// measures how fast that is checked (`speed`), or shows the screens of a file (`gallery FILE THEME`).
if ["hostile", "speed"].contains(CommandLine.arguments.dropFirst().first) {
  GrammarProbe.run(Array(CommandLine.arguments.dropFirst()))
} else if CommandLine.arguments.dropFirst().first == "gallery" {
  GalleryProbe.run(Array(CommandLine.arguments.dropFirst(2)))
} else if CommandLine.arguments.count > 1 {
  PassphraseProbe.run(Array(CommandLine.arguments.dropFirst()))
} else {
  Probe.run()
}
