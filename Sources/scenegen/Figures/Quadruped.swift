// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A cat or a dog: spine, four jointed legs and a tail, drawn as shaded limbs.
struct Quadruped {
  /// Its build, lengths in metres.
  struct Build {
    var fur = Colour(hex: 0x5B4636)
    var belly = Colour(hex: 0xA58B70)
    /// From hips to shoulders.
    var length: Float
    /// Of the back over the ground.
    var height: Float
    /// Half the chest's thickness.
    var girth: Float
    var head: Float
    /// How far the snout stands out.
    var snout: Float
    var tail: Float
    /// Pointed ears stand up; others hang.
    var hasPointedEars: Bool

    static let cat = Build(
      fur: Colour(hex: 0x4B4038), belly: Colour(hex: 0x8F8072), length: 0.30, height: 0.27,
      girth: 0.072, head: 0.062, snout: 0.045, tail: 0.3, hasPointedEars: true)
    static let dog = Build(
      fur: Colour(hex: 0xB07A42), belly: Colour(hex: 0xE5CFA6), length: 0.52, height: 0.52,
      girth: 0.125, head: 0.095, snout: 0.14, tail: 0.34, hasPointedEars: false)
  }

  /// What it does at a moment.
  struct Motion {
    /// Metres run so far: drives the legs.
    var distance: Float = 0
    /// Metres a second.
    var speed: Float = 0
    /// The body turned up (positive) or down, in radians.
    var pitch: Float = 0
    /// 1 with all legs stretched out in a leap.
    var leap: Float = 0
    /// 1 sitting on its haunches.
    var sit: Float = 0
    /// The head lowered, in radians.
    var nod: Float = 0
    /// Seconds, for the tail.
    var time: Float = 0
  }

  var build: Build

  /// Draws it with its paws at a place (in the air during a leap), facing a heading.
  func draw(
    _ motion: Motion, at place: Place, heading: Float, view: View,
    light: Point = Point(-0.4, -0.9), on canvas: inout Canvas
  ) {
    let frame = Frame(build, motion, place, heading)
    var brush = LimbBrush(view: view, light: light)
    for leg in 0..<4 { limb(leg, frame, motion, &brush) }
    trunk(frame, motion, &brush)
    face(frame, &brush)
    brush.flush(on: &canvas)
  }

  /// Its soft shadow on the ground at a height.
  func shadow(at place: Place, heading: Float, view: View, on canvas: inout Canvas) {
    for share in [Float(-0.4), 0, 0.4] {
      let along = Place(sin(heading), 0, -cos(heading)) * (build.length * share)
      Shade.contact(
        at: place + along, radius: build.length * 0.5, strength: 0.22, view: view, on: &canvas)
    }
  }

  /// The body's axes and main joints at a moment.
  private struct Frame {
    let forward: Place
    let level: Place
    let left: Place
    let hips: Place
    let chest: Place
    let head: Place

    init(_ build: Build, _ motion: Motion, _ place: Place, _ heading: Float) {
      level = Place(sin(heading), 0, -cos(heading))
      left = Place(cos(heading), 0, sin(heading))
      let pitch = motion.pitch + motion.sit * 0.75
      forward = level * cos(pitch) + Place(0, sin(pitch), 0)
      let gallop = ramp(motion.speed, 1.4, 2.4)
      let bounce = sin(motion.distance / (build.length * 3.4) * 2 * .pi) * gallop
      let middle =
        place + Place(0, build.height * (1 - motion.sit * 0.22) + bounce * build.height * 0.07, 0)
      let flex = forward * (build.length * (0.5 - 0.07 * bounce + 0.08 * motion.leap))
      hips = middle - flex - Place(0, motion.sit * build.height * 0.2, 0)
      chest = middle + flex
      let rise = 0.75 - motion.nod
      head =
        chest + level * (build.length * 0.34 * cos(rise) + build.head * 0.5)
        + Place(0, build.length * 0.42 * sin(rise), 0)
    }
  }

  private func limb(
    _ leg: Int, _ frame: Frame, _ motion: Motion, _ brush: inout LimbBrush
  ) {
    let isFore = leg < 2
    let side: Float = leg % 2 == 0 ? 1 : -1
    let gallop = ramp(motion.speed, 1.4, 2.4)
    let stride = mix(build.length * 1.7, build.length * 3.4, gallop)
    let walkShift: [Float] = [0, 0.5, 0.75, 0.25]
    let gallopShift: [Float] = [0, 0.1, 0.5, 0.6]
    let turn = motion.distance / stride + mix(walkShift[leg], gallopShift[leg], gallop)
    let amount = ramp(motion.speed, 0.02, 0.3)
    let swing = sin(turn * 2 * .pi) * amount * mix(0.42, 0.8, gallop)
    let raised = max(0, cos(turn * 2 * .pi)) * amount
    let stretch: Float = motion.leap * (isFore ? 0.95 : -1.0)
    let joint =
      (isFore ? frame.chest : frame.hips) + frame.left * (build.girth * 0.55 * side)
      - Place(0, build.girth * 0.35, 0)
    let reach = build.height - build.girth * 0.35
    let upper = mix(swing, stretch, motion.leap) + (isFore ? -0.18 : 0.3) * (1 - motion.leap)
    let lower =
      upper + (isFore ? 1 : -1) * (0.42 + raised * 0.7) * (1 - motion.leap * 0.8)
      * (isFore ? 1 : 1.5)
    let sitting = isFore ? 0 : motion.sit
    func direction(_ angle: Float) -> Place {
      Place(0, -cos(angle), 0) + frame.level * sin(angle)
    }
    let knee = joint + direction(upper + sitting * 1.0) * (reach * 0.52)
    let paw = knee + direction(lower - sitting * 0.2) * (reach * (0.54 - sitting * 0.3))
    let thick = build.girth * (isFore ? 0.42 : 0.6)
    brush.tube(
      [(joint, thick), (knee, build.girth * 0.3)], build.fur.lit(side > 0 ? 0.8 : 0.98))
    brush.tube(
      [(knee, build.girth * 0.28), (paw, build.girth * 0.2)], build.fur.lit(0.92))
    brush.tube(
      [(paw, build.girth * 0.22), (paw + frame.level * build.girth * 0.35, build.girth * 0.2)],
      build.belly)
  }

  private func trunk(_ frame: Frame, _ motion: Motion, _ brush: inout LimbBrush) {
    let middle = mix(frame.hips, frame.chest, 0.5) + Place(0, build.girth * 0.12, 0)
    brush.tube(
      [
        (frame.hips - frame.forward * build.girth * 0.4, build.girth * 0.75),
        (frame.hips, build.girth * 0.95), (middle, build.girth * 0.88),
        (frame.chest, build.girth * 1.05),
        (frame.chest + frame.forward * build.girth * 0.4, build.girth * 0.8),
      ], build.fur, nearer: 0.01)
    brush.tube(
      [(frame.chest, build.girth * 0.85), (frame.head, build.head * 0.8)], build.fur)
    var tail: [(Place, Float)] = []
    let root = frame.hips - frame.forward * build.girth * 0.9
    for step in 0...5 {
      let share = Float(step) / 5
      let wave = sin(motion.time * 5 - share * 3) * 0.16 * share
      let up = build.hasPointedEars ? share * share * 0.75 : share * 0.8
      tail.append(
        (
          root - frame.level * (build.tail * share * 0.75)
            + Place(0, build.tail * (up - share * 0.2 + wave * 0.4), 0)
            + frame.left * (wave * build.tail),
          build.girth * mix(0.26, 0.13, share)
        ))
    }
    brush.tube(tail, build.fur.lit(0.95))
  }

  private func face(_ frame: Frame, _ brush: inout LimbBrush) {
    let head = frame.head
    let tip = head + frame.level * (build.head + build.snout) - Place(0, build.head * 0.4, 0)
    brush.tube(
      [(head, build.head), (head + frame.level * build.head * 0.4, build.head * 0.82)], build.fur,
      nearer: 0.02)
    brush.tube([(head, build.head * 0.6), (tip, build.head * 0.36)], build.belly, nearer: 0.01)
    brush.tube(
      [(tip, build.head * 0.18), (tip + frame.level * 0.005, build.head * 0.16)],
      Colour(hex: 0x201815), nearer: 0.03)
    for side in [Float(1), -1] {
      let root = head + frame.left * (build.head * 0.6 * side) + Place(0, build.head * 0.6, 0)
      let end =
        build.hasPointedEars
        ? root + Place(0, build.head * 0.85, 0) - frame.level * build.head * 0.1
        : root - frame.level * build.head * 0.35 - Place(0, build.head * 1.2, 0)
      brush.tube(
        [(root, build.head * 0.36), (end, build.head * (build.hasPointedEars ? 0.08 : 0.3))],
        build.fur.lit(0.75), nearer: build.hasPointedEars ? 0 : 0.04)
    }
  }
}
