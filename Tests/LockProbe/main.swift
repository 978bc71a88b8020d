// SPDX-License-Identifier: Apache-2.0

// A program for the tests, which must not lock themselves: it forks, locks the children in one way or
// another, and prints what they still can.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "acts": Acts.print(profile: arguments[1], folder: arguments[2])
case "narrow": Narrowing.run(folder: arguments[1])
case "threads": Narrowing.lockWithTwoThreads()
case "older": Narrowing.confineOnAnOlderKernel()
case "status": Narrowing.printStatus()
case "times": Times.run(count: arguments.count > 1 ? Int(arguments[1]) ?? 200 : 200)
case "decode": Decoding.run(file: arguments[1], count: Int(arguments[2]) ?? 5)
default:
  print("acts PROFILE FOLDER | narrow FOLDER | threads | older | status")
  print("times [COUNT] | decode FILE COUNT")
}
