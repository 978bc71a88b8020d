// SPDX-License-Identifier: Apache-2.0

// A program for the tests: it puts a `TerminalScreen` through its paces, a key at a time, or asks
// for a passphrase.
if CommandLine.arguments.count > 1 {
  PassphraseProbe.run(Array(CommandLine.arguments.dropFirst()))
} else {
  Probe.run()
}
