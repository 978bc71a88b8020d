// SPDX-License-Identifier: Apache-2.0

// A program for the tests: it puts a `TerminalScreen` through its paces, a key at a time.
Probe.run()
