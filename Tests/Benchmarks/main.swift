// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

do {
  if let options = try Options(Array(CommandLine.arguments.dropFirst())) {
    try Bench.run(options)
  } else {
    print(Options.manual, terminator: "")
  }
} catch {
  FileHandle.standardError.write(Data("milkglass-bench: \(error)\n".utf8))
  exit(error is BenchError ? 1 : 70)
}
