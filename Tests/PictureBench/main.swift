// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

do {
  if let options = try Options(Array(CommandLine.arguments.dropFirst())) {
    if options.photographs > 0 {
      if try !PhotographBench(count: options.photographs).run() { exit(1) }
    } else {
      try PictureBench(options).run()
    }
  } else {
    print(Options.manual, terminator: "")
  }
} catch {
  FileHandle.standardError.write(Data("picture-bench: \(error)\n".utf8))
  exit(1)
}
