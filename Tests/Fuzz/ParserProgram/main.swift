// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer over one of our readers. Built by `make fuzz` alone, with the compiler's coverage.
//
//   parser-fuzz list             the readers' names
//   parser-fuzz seeds DIR        writes each reader's own inputs to DIR/NAME/
//   parser-fuzz NAME [DIR] […]   fuzzes a reader; the rest are libFuzzer's arguments

import Foundation
import FuzzParsers

@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

func fail(_ words: String) -> Never {
  FileHandle.standardError.write(Data("parser-fuzz: \(words)\n".utf8))
  exit(64)
}

func writeSeeds(_ folder: URL) throws {
  for target in ParserTarget.all {
    let place = folder.appending(path: target.name)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for (index, seed) in try target.seeds().enumerated() {
      guard target.read(seed) else { fail("\(target.name) refuses its own seed \(index)") }
      try Data(seed).write(to: place.appending(path: "seed-\(index)"))
    }
  }
}

/// The reader that the command line names.
enum AtWork {
  static let target = ParserTarget.all.first { $0.name == CommandLine.arguments[1] }
}

let words = CommandLine.arguments
switch words.dropFirst().first {
case "list": print(ParserTarget.all.map(\.name).joined(separator: "\n"))
case "seeds" where words.count == 3: try writeSeeds(URL(filePath: words[2]))
case let name?:
  guard AtWork.target != nil else { fail("there is no reader \"\(name)\"") }
  // libFuzzer sees its own arguments only, and keeps the pointers for good.
  var list = unsafe ([words[0]] + words.dropFirst(2)).map { unsafe strdup($0) }
  unsafe list.append(nil)
  var count = unsafe Int32(list.count - 1)
  var pointer = unsafe UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
    capacity: list.count)
  unsafe pointer.initialize(from: list, count: list.count)
  exit(
    unsafe runFuzzer(&count, &pointer) { bytes, count in
      // The fuzzer lends so many bytes for the call.
      let input = unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: count))
      _ = AtWork.target?.read(input)
      return 0
    })
default: fail("name a reader, or `list`, or `seeds DIR`")
}
