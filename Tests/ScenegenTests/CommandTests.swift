// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import scenegen

@Suite struct CommandTests {
  @Test func aSceneTakesItsOptions() throws {
    let words =
      "scene garden-1-cat out.webm --size 320x180 --seconds 2 --fps 10 --codec vp9 --rotate 270"
      + " --aspect 4:3 --variable-rate --seed 9 --threads 1"
    guard
      case .scene(let name, let file, let format, let audioOnly) = try Command(
        words.split(separator: " ").map(String.init))
    else {
      Issue.record("not read as a scene")
      return
    }
    #expect(name == "garden-1-cat" && file == "out.webm" && !audioOnly)
    #expect(format.width == 320 && format.height == 180 && format.seconds == 2)
    #expect(format.framesPerSecond == 10 && format.codec == .vp9 && format.container == .webm)
    #expect(format.rotation == 270 && format.aspect == (4, 3) && format.isVariableRate)
    #expect(format.seed == 9)
  }

  @Test func aSceneWithoutOptionsIsTheDemosOwn() throws {
    guard case .scene(_, _, let format, _) = try Command(["scene", "porch-2-burglar", "x.mp4"])
    else {
      Issue.record("not read as a scene")
      return
    }
    #expect(format.width == 1280 && format.seconds == 26 && format.container == .mp4)
  }

  @Test(arguments: [
    "", "dance", "scene", "scene nobody x.mp4", "scene garden-1-cat", "demo", "demo d --jobs 0",
    "demo d --fast", "list all", "card x.mp4 --size 321x180", "card x.mp4 --size 320",
    "card x.mp4 --size 0x0", "card x.mp4 --codec h263", "card x.mp4 --rotate 91",
    "card x.mp4 --seconds 0", "card x.mp4 --seconds nan", "card x.mp4 --threads 2",
    "card x.mp4 --audio-only", "card x.mp4 --aspect 1:0", "card x.mp4 --seed -1",
    "card x.mp4 --fps",
  ])
  func nonsenseIsRefusedInOneSentence(line: String) {
    #expect {
      _ = try Command(line.split(separator: " ").map(String.init))
    } throws: { error in
      guard let error = error as? SceneError else { return false }
      return error.exitCode == 64 && error.sentence.hasSuffix(".")
    }
  }
}
