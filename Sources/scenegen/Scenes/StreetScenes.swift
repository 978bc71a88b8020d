// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What happens in the street before the house.
enum StreetScenes {
  private static let sun = Point(-0.5, 0.22)

  private static func act(
    _ street: Street, _ grade: Grade, draw: @escaping (inout Canvas, Float) -> Void
  ) -> Act {
    Act(
      grade: grade,
      paint: {
        street.paint(on: &$0)
        street.railing(&$0)
      }
    ) { canvas, time in
      street.breathe(time, on: &canvas)
      draw(&canvas, time)
    }
  }

  private static func show(
    _ person: Person, _ pose: Pose, _ sample: Track.Sample, _ street: Street,
    heading: Float? = nil, _ canvas: inout Canvas
  ) {
    let heading = heading ?? sample.heading
    person.shadow(
      pose, at: sample.place, heading: heading, view: street.view,
      sun: street.isNight ? nil : sun, on: &canvas)
    person.draw(
      pose, at: sample.place, heading: heading, view: street.view, light: Point(0.7, -0.7),
      on: &canvas)
  }

  /// Two people meet on the lawn, argue, push each other and fight; one goes down and runs off.
  static func fight(_ size: Point, _ seed: UInt64) -> Act {
    let street = Street(size: size, isNight: false, seed: seed)
    let first = Track(
      [
        .init(2, -6.5, 5.6), .init(6.6, -0.75, 5.2), .init(11.5, -0.75, 5.2), .init(12, -0.45, 5.2),
        .init(13.4, -0.5, 5.15), .init(14, -0.1, 5.2), .init(18.4, 0.1, 5.2), .init(25, 0.1, 5.2),
      ], smoothing: 0.3)
    let second = Track(
      [
        .init(3, 6.8, 5.5), .init(7.6, 0.35, 5.25), .init(12.1, 0.35, 5.25), .init(12.5, 0.75, 5.3),
        .init(14.1, 0.6, 5.25), .init(18.1, 0.85, 5.25), .init(20.4, 0.9, 5.3),
        .init(23.4, 7.2, 5.9),
      ], heading: -.pi / 2, smoothing: 0.3)
    let angry = Person(
      outfit: Outfit(
        jacket: Colour(hex: 0xA63D32), trousers: Colour(hex: 0x37415A),
        shoes: Colour(hex: 0xE7E2D8), hair: Colour(hex: 0x2B1D14), stature: 1.03))
    let other = Person(
      outfit: Outfit(
        jacket: Colour(hex: 0x3D6F8E), trousers: Colour(hex: 0x6B6256), skin: Colour(hex: 0x8D5F45),
        headwear: .cap, headwearColour: Colour(hex: 0x28323C)))
    return act(street, .day(Colour(1.05, 1, 0.93, 1))) { canvas, time in
      let one = first.at(time)
      let two = second.at(time)
      var onePose = Pose.along(one, time)
      var twoPose = Pose.along(two, time + 2)
      onePose.blend(.arguing(time), window(time, 7, 12))
      twoPose.blend(.arguing(time * 1.2 + 1), window(time, 7.8, 12))
      onePose.blend(.pushing, window(time, 11.6, 13, fade: 0.25))
      twoPose.blend(.reeling, window(time, 12, 13.4, fade: 0.3))
      let brawl = window(time, 13.6, 18.6, fade: 0.3)
      onePose.blend(.punching(time * 1.6), brawl)
      twoPose.blend(.punching(time * 1.45 + 0.5), brawl)
      twoPose.blend(.crouching, window(time, 18.2, 20.6, fade: 0.5))
      let oneHeading = ramp(time, 6, 7) * (.pi / 2 - one.heading) + one.heading
      let meeting = window(time, 7, 20.3, fade: 0.5)
      let twoHeading = mix(two.heading, -.pi / 2, meeting)
      if time > 2.9, time < 23.4 {
        show(other, twoPose, two, street, heading: twoHeading, &canvas)
      }
      if time > 1.9 { show(angry, onePose, one, street, heading: oneHeading, &canvas) }
      street.railing(&canvas)
    }
  }

  /// A car turns in at night; its beams sweep over fence, lawn and trees.
  static func headlights(_ size: Point, _ seed: UInt64) -> Act {
    let street = Street(size: size, isNight: true, seed: seed)
    let car = Car(colour: Colour(hex: 0x39455C), hasLights: true)
    let grade = Grade(noise: 1.3) { place in
      let offset = (place - 0.5) * Point(1.1, 0.9)
      return Colour(1.15, 1.15, 1.2, 1) * (1 - 0.5 * (offset * offset).sum())
    }
    return act(street, grade) { canvas, time in
      for (start, direction) in [(Float(5), Float(1)), (16.5, -1)] {
        let gone = time - start
        guard gone > 0, gone < 6.5 else { continue }
        let right = direction * (-17 + gone * gone * 0.12 + gone * 4.9)
        let place = Place(right, 0, direction > 0 ? Street.lane : Street.lane + 2.4)
        beam(right, direction, place.z, street.view, &canvas)
        car.draw(at: place, direction: direction, view: street.view, on: &canvas)
      }
      street.fence(&canvas)
      sweep(time, street.view, &canvas)
      street.railing(&canvas)
    }
  }

  private static func beam(
    _ right: Float, _ direction: Float, _ away: Float, _ view: View, _ canvas: inout Canvas
  ) {
    for (ahead, reach, strength) in [(Float(4.2), Float(3.4), Float(2.2)), (8.5, 5, 1.2)] {
      let place = Place(right + direction * ahead, 0, away)
      let centre = view.point(place)
      let radii = Point(reach, reach * 0.3) * view.scale(place)
      canvas.fill(
        .ellipse(centre, radii),
        .radial(
          centre, radii, Colour(strength, strength * 0.92, strength * 0.7, 1), Colour(0, 0, 0, 0)),
        blend: .light)
    }
  }

  /// The turning car's light: a bright field that crosses the near garden from right to left.
  private static func sweep(_ time: Float, _ view: View, _ canvas: inout Canvas) {
    let turn = window(time, 8.6, 13.2, fade: 0.9)
    guard turn > 0.01 else { return }
    let share = (time - 8.6) / 4.6
    let centre = Point(mix(1.05, -0.1, share), 0.58) * view.size
    for (wide, strength) in [(Float(0.4), Float(0.9)), (0.2, 0.8)] {
      let radii = Point(wide, wide * 1.15) * view.size.x
      canvas.fill(
        .ellipse(centre, radii),
        .radial(
          centre, radii, Colour(strength, strength * 0.95, strength * 0.78, 1) * turn,
          Colour(0, 0, 0, 0)), blend: .light)
    }
  }

  /// A van and a car pass, and someone walks a dog along the pavement: nothing to report.
  static func passing(_ size: Point, _ seed: UInt64) -> Act {
    let street = Street(size: size, isNight: false, seed: seed)
    let walk = Track([.init(8, 9.2, Street.pavement), .init(22.5, -9.6, Street.pavement)])
    let stroller = Person(
      outfit: Outfit(
        jacket: Colour(hex: 0xC28A3A), trousers: Colour(hex: 0x3D4A5C), hair: Colour(hex: 0x6B4A2E),
        stature: 0.97))
    let dog = Quadruped(build: .dog)
    return act(street, .day()) { canvas, time in
      let cars: [(Float, Float, Car)] = [
        (3, 1, Car(colour: Colour(hex: 0xE9E6DD), isVan: true)),
        (14, -1, Car(colour: Colour(hex: 0xB33A34))),
      ]
      for (start, direction, car) in cars where time > start && time < start + 6 {
        let right = direction * (-17 + (time - start) * 6)
        let away = direction > 0 ? Street.lane : Street.lane + 2.4
        car.draw(at: Place(right, 0, away), direction: direction, view: street.view, on: &canvas)
      }
      if time > 7.5, time < 23 {
        let sample = walk.at(time)
        let pet = sample.place + Place(-1.25, 0, -0.15)
        dog.shadow(at: pet, heading: -.pi / 2, view: street.view, on: &canvas)
        dog.draw(
          .init(distance: sample.distance, speed: sample.speed, nod: 0.2, time: time), at: pet,
          heading: -.pi / 2, view: street.view, on: &canvas)
        var pose = Pose.along(sample, time)
        pose.shoulder.y = 0.45
        show(stroller, pose, sample, street, &canvas)
        let hand = street.view.point(sample.place + Place(-0.3, 0.95, 0))
        let collar = street.view.point(pet + Place(-0.3, 0.55, 0))
        canvas.fill(
          .stroke(hand, collar, width: max(1, size.x / 640)), Colour(hex: 0x6E2B2B))
      }
      street.fence(&canvas)
      street.railing(&canvas)
    }
  }
}

extension Pose {
  /// Talking with raised hands.
  fileprivate static func arguing(_ time: Float) -> Pose {
    var pose = Pose.standing(time)
    pose.lean = 0.12 + 0.05 * sin(time * 3)
    pose.shoulder = SIMD2(0.6 + 0.35 * sin(time * 4), 0.55 + 0.4 * sin(time * 3.1 + 1))
    pose.elbow = SIMD2(1.1 + 0.3 * sin(time * 5), 1.2)
    return pose
  }

  /// Both arms thrust forward.
  fileprivate static let pushing: Pose = {
    var pose = Pose()
    pose.lean = 0.35
    pose.shoulder = SIMD2(1.25, 1.25)
    pose.elbow = SIMD2(0.1, 0.1)
    pose.thigh = SIMD2(0.45, -0.4)
    pose.knee = SIMD2(0.3, 0.15)
    return pose
  }()

  /// Thrown off balance backwards.
  fileprivate static let reeling: Pose = {
    var pose = Pose()
    pose.lean = -0.35
    pose.shoulder = SIMD2(0.9, 0.5)
    pose.lift = SIMD2(0.7, 0.8)
    pose.thigh = SIMD2(0.5, -0.35)
    pose.knee = SIMD2(0.5, 0.7)
    return pose
  }()

  /// Fists up, striking with one after the other.
  fileprivate static func punching(_ time: Float) -> Pose {
    var pose = Pose()
    let beat = sin(time * 6)
    let left = max(0, beat)
    let right = max(0, -beat)
    pose.lean = 0.22 + 0.14 * max(left, right)
    pose.sway = 0.16 * sin(time * 3.3)
    pose.shoulder = SIMD2(0.75 + 0.75 * left, 0.75 + 0.75 * right)
    pose.elbow = SIMD2(1.9 - 1.75 * left, 1.9 - 1.75 * right)
    pose.thigh = SIMD2(0.38 + 0.1 * beat, -0.32)
    pose.knee = SIMD2(0.35, 0.3)
    pose.hop = 0.02 * abs(sin(time * 6))
    return pose
  }
}
