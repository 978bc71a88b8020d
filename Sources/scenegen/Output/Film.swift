// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Draws a scene frame by frame and gives each to an encoder.
enum Film {
  /// Makes the file of a scene, its whole action played within the format's length.
  static func record(_ scene: Scene, format: ClipFormat, to path: String) throws(SceneError) {
    let encoder = try Encoder(path: path, format: format)
    let size = Point(Float(format.width), Float(format.height))
    let act = scene.act(size, format.seed)
    var canvas = Canvas(width: format.width, height: format.height)
    act.paint(&canvas)
    let background = canvas
    canvas.settle()
    var sensor = Sensor(
      width: format.width, height: format.height, grade: act.grade,
      isFullRange: encoder.isFullRange, seed: format.seed)
    sensor.expose(canvas, tiles: canvas.touched.map { _ in true })
    let pace = scene.seconds / format.seconds
    for frame in 0..<format.frameCount {
      let ticks = format.ticks(frame: frame)
      let time = Double(ticks) / Double(format.ticksPerSecond) * pace
      let left = canvas.touched
      canvas.restore(from: background)
      act.draw(&canvas, Float(time))
      if !scene.camera.isEmpty { stamp(scene, time, &canvas) }
      sensor.expose(canvas, tiles: zip(left, canvas.touched).map { $0 || $1 })
      try encoder.write(sensor.develop(frame: frame), ticks: ticks)
    }
    try encoder.finish()
  }

  /// Makes a file that holds silence and no picture.
  static func recordSilence(format: ClipFormat, to path: String) throws(SceneError) {
    let encoder = try Encoder(path: path, format: format, audioOnly: true)
    try encoder.writeSilence()
    try encoder.finish()
  }

  /// Has a file written beside `path` and puts it in its place once it is whole.
  static func replace(
    _ path: String, _ write: (String) throws(SceneError) -> Void
  ) throws(SceneError) {
    // Named by process: one that was left behind by a killed parent may be at the same clip.
    let partial = "\(path).partial-\(getpid())"
    do throws(SceneError) {
      try write(partial)
    } catch {
      unsafe unlink(partial)
      if case .cannotWrite(partial, let why) = error { throw .cannotWrite(path, why) }
      throw error
    }
    guard unsafe rename(partial, path) == 0 else {
      unsafe unlink(partial)
      throw .cannotWrite(path, "the finished file cannot be put there")
    }
  }

  /// Burns the camera's name and the time into the picture.
  private static func stamp(_ scene: Scene, _ time: Double, _ canvas: inout Canvas) {
    let dot = max(1, (canvas.size.x / 480).rounded(.down))
    let inset = canvas.size.y / 32
    Lettering.draw(scene.camera, at: Point(inset, inset), dot: dot, on: &canvas)
    let clock = "\(scene.recorded.date) \(scene.recorded.clock(after: Int(time)))"
    let right = canvas.size.x - inset - Lettering.width(clock, dot: dot)
    Lettering.draw(clock, at: Point(right, inset), dot: dot, on: &canvas)
  }
}
