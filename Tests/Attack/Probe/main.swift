// SPDX-License-Identifier: Apache-2.0

// A program for the tests: it attacks locked processes of this project, each attack first unlocked,
// where it must work, then locked, where it must not.
let words = Array(CommandLine.arguments.dropFirst())
switch words.first {
case "as": Errand.runAs(words.dropFirst())
case "end": Errand.runToEnd(words.dropFirst())
case "list": Errand.list()
case "rights": RightsProgram.run()
case "victim": Errand.beVictim()
case "read": Errand.read(words.dropFirst())
default: AttackProgram.run(words)
}
