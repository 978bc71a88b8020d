// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Glibc

/// The program: reads its command line, does it, and ends with a sysexits code.
@main
struct Scenegen {
  /// Runs the command; errors are one sentence on stderr.
  static func main() async {
    do throws(SceneError) {
      try await run(try Command(Array(CommandLine.arguments.dropFirst())))
    } catch {
      FileHandleText.complain("scenegen: \(error.sentence)")
      exit(error.exitCode)
    }
  }

  private static func run(_ command: Command) async throws(SceneError) {
    switch command {
    case .help: print(Command.manual, terminator: "")
    case .list: for scene in Programme.scenes { print(scene.name) }
    case .demo(let folder, let jobs, let isQuick):
      let cores = ProcessInfo.processInfo.activeProcessorCount
      let demo = Demo(folder: folder, jobs: jobs ?? cores, isQuick: isQuick)
      try await demo.make { line in
        print(line)
        fflush(nil)
      }
    case .scene(let name, let file, let format, let audioOnly):
      let scene = try Programme.scene(name)
      try Film.replace(file) { partial throws(SceneError) in
        if audioOnly {
          try Film.recordSilence(format: format, to: partial)
        } else {
          try Film.record(scene, format: format, to: partial)
        }
      }
    case .card(let file, let format):
      try Film.replace(file) { partial throws(SceneError) in
        try Film.record(TestCard.scene(format), format: format, to: partial)
      }
    case .portrait(let file, let format):
      try Film.replace(file) { partial throws(SceneError) in
        try Film.record(Portrait.scene(format), format: format, to: partial)
      }
    }
  }
}

private enum FileHandleText {
  /// Writes a line to stderr.
  static func complain(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
  }
}
