// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What happens in the living room, the bedroom and on the test bench.
enum IndoorScenes {
  /// A draught moves the curtains; nobody is there.
  static func curtain(_ size: Point, _ seed: UInt64) -> Act {
    let room = LivingRoom(size: size, seed: seed)
    return Act(grade: .day(Colour(1.02, 1, 0.96, 1)), paint: { room.paint(on: &$0) }) {
      canvas, time in
      let draught =
        0.02 + 0.3 * window(time, 6, 12, fade: 2) + 0.42 * window(time, 14.5, 21, fade: 1.6)
      room.curtain(time, sway: draught, on: &canvas)
    }
  }

  /// A robot cleans the floor; the cat watches it and flees.
  static func robot(_ size: Point, _ seed: UInt64) -> Act {
    let room = LivingRoom(size: size, seed: seed &+ 1)
    let route = Track(
      [
        .init(4, -2.1, 3.9), .init(5, -2.1, 3.7), .init(9, 1.6, 3.0), .init(10, 1.6, 2.9),
        .init(13.5, -1.2, 2.75), .init(14.3, -1.2, 2.9), .init(17, 0.3, 3.3), .init(18, 0.3, 3.3),
        .init(24, -2.1, 3.9),
      ], smoothing: 0.6)
    let flight = Track(
      [.init(13.2, -0.6, 3.1), .init(13.5, -0.6, 3.1), .init(15.2, 3.6, 2.7)], smoothing: 0.2)
    let cat = Quadruped(build: .cat)
    return Act(grade: .day(), paint: { room.paint(on: &$0) }) { canvas, time in
      room.curtain(time, sway: 0.012, on: &canvas)
      let place = route.at(time).place
      let isScared = time > 13.2
      let run = flight.at(time)
      let catPlace = isScared ? run.place : Place(-0.6, 0, 3.1)
      let catHeading: Float = isScared ? .pi / 2 : ramp(time, 6, 7) * 1.3 - 1.3
      let motion = Quadruped.Motion(
        distance: run.distance, speed: isScared ? run.speed : 0, leap: 0,
        sit: 1 - ramp(time, 12.6, 13.3), nod: 0.1 * sin(time), time: time)
      func showCat(_ canvas: inout Canvas) {
        guard time < 15.2 else { return }
        cat.shadow(at: catPlace, heading: catHeading, view: room.view, on: &canvas)
        cat.draw(motion, at: catPlace, heading: catHeading, view: room.view, on: &canvas)
      }
      if catPlace.z > place.z { showCat(&canvas) }
      vacuum(at: place, time: time, view: room.view, on: &canvas)
      if catPlace.z <= place.z { showCat(&canvas) }
    }
  }

  private static func vacuum(
    at place: Place, time: Float, view: View, on canvas: inout Canvas
  ) {
    Shade.contact(at: place, radius: 0.3, strength: 0.5, view: view, on: &canvas)
    let scale = view.scale(place)
    let low = view.point(place + Place(0, 0.02, 0))
    let high = view.point(place + Place(0, 0.1, 0))
    let radii = Point(0.19, 0.085) * scale
    canvas.fill(.ellipse(low, radii), Colour(hex: 0x23262B))
    canvas.fill(
      .rectangle(high - Point(radii.x, 0), Point(radii.x * 2, low.y - high.y)),
      .linear(
        high - Point(radii.x, 0), Colour(hex: 0x5A626C), high + Point(radii.x, 0),
        Colour(hex: 0x1D2025)))
    canvas.fill(
      .ellipse(high, radii),
      .linear(high - radii, Colour(hex: 0xE8ECEF), high + radii, Colour(hex: 0x8F98A1)))
    canvas.fill(.ellipse(high, radii * 0.34), Colour(hex: 0x3A4048))
    let blink: Float = sin(time * 6) > 0 ? 1 : 0.4
    canvas.fill(
      .ellipse(high + Point(0, -radii.y * 0.6), radii * 0.1), Colour(hex: 0x4FE08A).lit(blink))
  }

  /// Behind a drawn curtain, lit from within, the silhouette of someone who changes clothes.
  static func changing(_ size: Point, _ seed: UInt64) -> Act {
    let room = Bedroom(size: size, seed: seed)
    let track = Track(
      [
        .init(3, 3.0, 3.25), .init(6.5, -1.0, 3.3), .init(19.5, -1.0, 3.3), .init(20.4, -0.7, 3.3),
        .init(24, 3.2, 3.25),
      ], heading: -.pi / 2)
    return Act(grade: room.grade, paint: { room.paint(on: &$0) }) { canvas, time in
      room.glow(time, on: &canvas)
      if time > 3, time < 24 {
        let sample = track.at(time)
        var pose = Pose.along(sample, time)
        pose.blend(.undressing(time), window(time, 7, 12.2, fade: 0.8))
        pose.blend(.dressing(time), window(time, 13.4, 18.8, fade: 0.8))
        let inside = window(time, 6, 20.5, fade: 0.6)
        let heading = mix(sample.heading, -0.5, inside)
        let phase: Bedroom.Garment =
          time < 11.4 ? .worn(1) : time < 14.6 ? .none : .worn(ramp(time, 14.6, 17.5))
        room.silhouette(pose, at: sample.place, heading: heading, garment: phase, on: &canvas)
      }
      room.veil(time, on: &canvas)
    }
  }

  /// A tester in a safety vest walks the marked floor before the chart and waves.
  static func bench(_ size: Point, _ seed: UInt64) -> Act {
    let bench = TestBench(size: size, seed: seed)
    let track = Track(
      [
        .init(2.5, -3.6, 3.4), .init(6, 0, 3.4), .init(9, 0, 3.4), .init(12, 1.3, 2.9),
        .init(15, -1.5, 2.9), .init(16, -1.5, 3.0), .init(18, -0.4, 3.8), .init(19.5, -0.4, 3.8),
        .init(23, 4.0, 3.4),
      ])
    let tester = Person(
      outfit: Outfit(
        jacket: Colour(hex: 0xE07B28), trousers: Colour(hex: 0x33415A),
        band: Colour(hex: 0xF4F1B8)))
    return Act(grade: .day(), paint: { bench.paint(on: &$0) }) { canvas, time in
      guard time > 2.4, time < 23 else { return }
      let sample = track.at(time)
      var pose = Pose.along(sample, time)
      let wave = window(time, 6.4, 8.8, fade: 0.5)
      pose.shoulder.y = mix(pose.shoulder.y, 2.6, wave)
      pose.lift.y = mix(pose.lift.y, 0.5, wave)
      pose.elbow.y = mix(pose.elbow.y, 0.5 + 0.4 * sin(time * 8), wave)
      let heading = mix(sample.heading, 0.1, window(time, 6, 9, fade: 0.5))
      tester.shadow(
        pose, at: sample.place, heading: heading, view: bench.view, sun: Point(0.2, 0.1),
        strength: 0.22, on: &canvas)
      tester.draw(
        pose, at: sample.place, heading: heading, view: bench.view, light: Point(-0.2, -1),
        on: &canvas)
    }
  }
}

extension Pose {
  /// Pulling something over the head.
  fileprivate static func undressing(_ time: Float) -> Pose {
    var pose = Pose.standing(time)
    let pull = 0.5 + 0.5 * sin(time * 2.1)
    pose.shoulder = SIMD2(1.6 + 1.1 * pull, 1.5 + 1.2 * pull)
    pose.elbow = SIMD2(1.9 - 1.0 * pull, 1.8 - 0.9 * pull)
    pose.lift = SIMD2(0.5, 0.5)
    pose.sway = 0.08 * sin(time * 2.1)
    return pose
  }

  /// Stepping into something and pulling it up.
  fileprivate static func dressing(_ time: Float) -> Pose {
    var pose = Pose.standing(time)
    let bend = 0.5 + 0.5 * cos(time * 1.5)
    pose.lean = 0.75 * bend
    pose.thigh = SIMD2(1.1 * bend, 0.1)
    pose.knee = SIMD2(1.2 * bend, 0.12)
    pose.shoulder = SIMD2(0.7 * bend + 0.2, 0.7 * bend + 0.2)
    pose.elbow = SIMD2(0.6, 0.7)
    return pose
  }
}
