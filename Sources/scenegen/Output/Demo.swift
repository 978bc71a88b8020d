// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// Makes a folder with all of the demo's clips and the files that describe them.
struct Demo {
  /// The folder; made where it is missing.
  var folder: String
  /// How many clips are made at a time; at least one.
  var jobs: Int
  /// Whether all clips are small and short.
  var isQuick: Bool

  /// Makes what is missing, with one call of `progress` for each clip that is there.
  ///
  /// A clip is written under another name and renamed when whole, so one that exists is complete.
  func make(progress: (String) -> Void) async throws(SceneError) {
    try prepare()
    let scenes = Programme.scenes
    var done = 0
    var failure: SceneError?
    await withTaskGroup(of: (String, SceneError?).self) { group in
      var waiting = scenes.makeIterator()
      func start() {
        guard let scene = waiting.next() else { return }
        group.addTask { (scene.fileName, produce(scene)) }
      }
      for _ in 0..<max(1, jobs) { start() }
      for await (name, error) in group {
        if let error {
          failure = failure ?? error
          continue
        }
        done += 1
        progress("\(done)/\(scenes.count) \(name)")
        if failure == nil { start() }
      }
    }
    if let failure { throw failure }
    try describe()
  }

  private func produce(_ scene: Scene) -> SceneError? {
    let path = folder + "/" + scene.fileName
    guard !FileManager.default.fileExists(atPath: path) else { return nil }
    var format = ClipFormat()
    format.width = isQuick ? 320 : scene.width
    format.height = isQuick ? 180 : scene.height
    format.framesPerSecond = isQuick ? 10 : scene.framesPerSecond
    format.seconds = isQuick ? 4 : scene.seconds
    format.seed = 7
    do throws(SceneError) {
      try Film.replace(path) { partial throws(SceneError) in
        try Film.record(scene, format: format, to: partial)
      }
      return nil
    } catch {
      return error
    }
  }

  private func prepare() throws(SceneError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(folder, "the folder cannot be made")
    }
  }

  private func describe() throws(SceneError) {
    do {
      let lines = try Manifest.lines(Programme.scenes)
      try Data(lines.utf8).write(
        to: URL(filePath: folder + "/manifest.jsonl"), options: .atomic)
      try Data(Manifest.cameras(Programme.cameras).utf8).write(
        to: URL(filePath: folder + "/cameras.toml"), options: .atomic)
    } catch {
      throw .cannotWrite(folder, "the manifest cannot be written there")
    }
  }
}
