// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What happens in the back garden.
enum GardenScenes {
  private static func act(
    _ garden: Garden, _ grade: Grade, draw: @escaping (inout Canvas, Float) -> Void
  ) -> Act {
    Act(grade: grade, paint: { garden.paint(on: &$0) }) { canvas, time in
      garden.breathe(time, on: &canvas)
      draw(&canvas, time)
    }
  }

  /// A cat walks in at night, leaps onto the fence, balances along it and jumps down.
  static func cat(_ size: Point, _ seed: UInt64) -> Act {
    let garden = Garden(size: size, isNight: true, seed: seed)
    var build = Quadruped.Build.cat
    build.fur = Colour(hex: 0xB9B0A4)
    build.belly = Colour(hex: 0xE8E2D8)
    // Larger than life by a third, so that it also reads through frosted glass.
    build.length *= 1.35
    build.height *= 1.35
    build.girth *= 1.35
    build.head *= 1.35
    build.tail *= 1.35
    let animal = Quadruped(build: build)
    let top = Garden.fence.height + 0.06
    let walk = Track([.init(4, -3.2, 3.4), .init(10, 0.2, 6.3), .init(11, 0.2, 6.3)])
    let ridge = Track([.init(11.9, 0.9, 7.15), .init(13, 0.9, 7.15), .init(18.6, 3.0, 7.15)])
    return act(garden, .infrared(centre: Point(0.5, 0.55))) { canvas, time in
      var motion = Quadruped.Motion(time: time)
      var place: Place
      var heading: Float = .pi / 2
      switch time {
      case ..<4: return
      case ..<11.2:
        let sample = walk.at(time)
        place = sample.place
        heading = sample.heading + ramp(time, 10, 10.6) * Track.turn(from: sample.heading, to: 2.0)
        motion.distance = sample.distance
        motion.speed = sample.speed
        motion.sit = window(time, 10, 11.2, fade: 0.4)
      case ..<11.9:
        let share = (time - 11.2) / 0.7
        place = mix(Place(0.2, 0, 6.3), Place(0.9, top, 7.15), share)
        place.y += sin(share * .pi) * 0.35
        motion.leap = sin(share * .pi)
        motion.pitch = 0.9 * (1 - share)
      case ..<18.8:
        let sample = ridge.at(time)
        place = sample.place + Place(0, top, 0)
        motion.distance = sample.distance
        motion.speed = sample.speed
        motion.nod = 0.3 * sin(time * 1.2)
      case ..<19.6:
        let share = (time - 18.8) / 0.8
        place = mix(Place(3.0, top, 7.15), Place(3.9, 0, 5.4), share)
        place.y += sin(share * .pi) * 0.25
        motion.leap = sin(share * .pi)
        motion.pitch = 0.3 - 1.1 * share
      default:
        let gone = time - 19.6
        place = Place(3.9 + gone * 2.2, 0, 5.4 - gone * 0.3)
        motion.distance = gone * 2.2
        motion.speed = 2.2
        if place.x > 6.5 { return }
      }
      if place.y < 0.1 || time > 18.8 {
        let ground = Place(place.x, 0, place.z)
        animal.shadow(at: ground, heading: heading, view: garden.view, on: &canvas)
      }
      animal.draw(motion, at: place, heading: heading, view: garden.view, on: &canvas)
    }
  }

  /// A dog gallops across the lawn, stops to sniff, and runs back.
  static func dog(_ size: Point, _ seed: UInt64) -> Act {
    let garden = Garden(size: size, isNight: false, seed: seed)
    let animal = Quadruped(build: .dog)
    let track = Track(
      [
        .init(5, -5.6, 4.2), .init(7.4, 1.2, 4.6), .init(8.6, 2.1, 4.7), .init(13.6, 2.1, 4.7),
        .init(15.4, 0.6, 3.5), .init(16.6, 0.4, 3.4), .init(19, -5.4, 3.9),
      ], smoothing: 0.7)
    return act(garden, .day(Colour(1.02, 1.01, 0.96, 1))) { canvas, time in
      guard time > 4.9, time < 19 else { return }
      let sample = track.at(time)
      let motion = Quadruped.Motion(
        distance: sample.distance, speed: sample.speed,
        nod: window(time, 9.2, 13.2, fade: 0.7) * (1.25 + 0.15 * sin(time * 6)), time: time * 1.6)
      animal.shadow(at: sample.place, heading: sample.heading, view: garden.view, on: &canvas)
      animal.draw(
        motion, at: sample.place, heading: sample.heading, view: garden.view, on: &canvas)
    }
  }
}
