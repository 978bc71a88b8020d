// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What happens in front of the two houses.
enum PorchScenes {
  private static let dayWalls = FrontYard.Palette()
  private static let nightWalls = FrontYard.Palette(
    wall: Colour(hex: 0x9C8578), trim: Colour(hex: 0xE2DED6), door: Colour(hex: 0x4C5A52),
    roof: Colour(hex: 0x4A4644), isNight: true)
  private static let sun = Point(0.55, 0.28)

  /// Stands the track's people on the porch's floor where they are on it, on its step before.
  private static func rise(_ place: Place) -> Place {
    let onStep = ramp(place.z, FrontYard.edge - 0.5, FrontYard.edge - 0.32)
    let onDeck = ramp(place.z, FrontYard.edge - 0.18, FrontYard.edge)
    return place + Place(0, 0.15 * onStep + 0.15 * onDeck, 0)
  }

  private static func act(
    _ yard: FrontYard, _ grade: Grade,
    draw: @escaping (inout Canvas, Float) -> Void
  ) -> Act {
    Act(grade: grade, paint: { yard.paint(on: &$0) }) { canvas, time in
      yard.breathe(time, on: &canvas)
      draw(&canvas, time)
    }
  }

  private static func show(
    _ person: Person, _ pose: Pose, _ sample: Track.Sample, _ yard: FrontYard,
    heading: Float? = nil, _ canvas: inout Canvas
  ) {
    let place = rise(sample.place)
    let isOutside = sample.place.z < FrontYard.edge
    if isOutside { yard.foreground(on: &canvas) }
    person.shadow(
      pose, at: place, heading: heading ?? sample.heading, view: yard.view,
      sun: yard.palette.isNight || !isOutside ? nil : sun, on: &canvas)
    person.draw(
      pose, at: place, heading: heading ?? sample.heading, view: yard.view,
      light: yard.palette.isNight ? Point(0.1, -0.9) : Point(-0.7, -0.7), on: &canvas)
    if !isOutside { yard.foreground(on: &canvas) }
  }

  /// A hooded figure comes along the wall, tries the window with a crowbar, and slips away.
  static func burglar(_ size: Point, _ seed: UInt64) -> Act {
    let yard = FrontYard(size: size, palette: nightWalls, isMirrored: true, seed: seed)
    let track = Track(
      [
        .init(4, -4.2, 2.9), .init(8, -0.4, 4.1), .init(9.2, 0.2, 5.4), .init(11.5, 2.0, 5.95),
        .init(21, 2.0, 5.95), .init(21.5, 1.8, 5.9), .init(22.6, 0.2, 5.3), .init(24.6, -5.2, 2.8),
      ])
    let person = Person(
      outfit: Outfit(
        jacket: Colour(hex: 0xA4A39C), trousers: Colour(hex: 0x6A6C70),
        shoes: Colour(hex: 0x9A9A9A), headwear: .hood, headwearColour: Colour(hex: 0x8E8D87)),
      load: .crowbar)
    return act(yard, .infrared(centre: Point(0.46, 0.6))) { canvas, time in
      let sample = track.at(time)
      guard time > 3.9, time < 24.6 else { return yard.foreground(on: &canvas) }
      var pose = Pose.along(sample, time)
      let working = window(time, 11.4, 21, fade: 0.8)
      pose.lean += 0.14 * (1 - working)
      pose.blend(.crouching, window(time, 11.5, 14, fade: 0.5) * 0.55)
      var prying = Pose()
      let push = sin(time * 5.2)
      prying.lean = 0.34 + 0.1 * push
      prying.shoulder = SIMD2(1.15, 1.3 + 0.16 * push)
      prying.elbow = SIMD2(0.75, 0.55 - 0.2 * push)
      prying.thigh = SIMD2(0.5, -0.15)
      prying.knee = SIMD2(0.5, 0.2)
      pose.blend(prying, window(time, 13.8, 20.8, fade: 0.6))
      let glance = window(time, 16.4, 17.8, fade: 0.4)
      pose.nod -= 0.3 * glance
      let turned = mix(sample.heading, 2.75, working)
      show(person, pose, sample, yard, heading: turned - glance * 1.3, &canvas)
    }
  }

  /// Someone walks up and down before the house, stops, looks at a phone, and goes.
  static func loiterer(_ size: Point, _ seed: UInt64) -> Act {
    let yard = FrontYard(size: size, palette: nightWalls, isMirrored: true, seed: seed)
    let track = Track(
      [
        .init(2, 5.6, 3.6), .init(6.5, 0.9, 3.7), .init(9.5, 0.9, 3.7), .init(12, -1.9, 3.5),
        .init(12.8, -1.9, 3.5), .init(15.6, 1.2, 3.4), .init(20.5, 1.2, 3.4),
        .init(25.5, -5.4, 3.1),
      ], heading: -.pi / 2)
    var person = Person(
      outfit: Outfit(
        jacket: Colour(hex: 0xC2BAAD), trousers: Colour(hex: 0x54585F),
        shoes: Colour(hex: 0x5E5A55), headwear: .cap, headwearColour: Colour(hex: 0x8F8A80)))
    return act(yard, .infrared(centre: Point(0.5, 0.6))) { canvas, time in
      guard time > 1.9, time < 25.5 else { return yard.foreground(on: &canvas) }
      let sample = track.at(time)
      var pose = Pose.along(sample, time)
      let phone = window(time, 16.2, 20.2)
      var reading = Pose.standing(time)
      reading.shoulder.y = 0.5
      reading.elbow.y = 1.7
      reading.nod = 0.42
      pose.blend(reading, phone)
      person.load = phone > 0.5 ? .phone : .nothing
      let look = window(time, 7, 9.4)
      let heading = mix(mix(sample.heading, 2.9, look), 0.5, phone)
      show(person, pose, sample, yard, heading: heading, &canvas)
    }
  }

  /// A moth dances before the lens at night; nobody is there.
  static func insect(_ size: Point, _ seed: UInt64) -> Act {
    let yard = FrontYard(size: size, palette: nightWalls, isMirrored: true, seed: seed &+ 4)
    return act(yard, .infrared()) { canvas, time in
      yard.foreground(on: &canvas)
      let visible = window(time, 5, 12, fade: 0.2) + window(time, 14.5, 22, fade: 0.2)
      guard visible > 0.05 else { return }
      func place(_ time: Float) -> Point {
        let turn = time * 1.7
        return size
          * Point(
            0.5 + 0.3 * sin(turn * 1.3) + 0.1 * sin(turn * 4.1),
            0.45 + 0.28 * cos(turn) + 0.07 * sin(turn * 5.3))
      }
      Moth.draw(
        from: place(time - 0.09), to: place(time), reach: size.y * 0.13, time: time, on: &canvas)
    }
  }

  /// A courier in uniform brings a parcel, rings, puts it down and leaves.
  static func delivery(_ size: Point, _ seed: UInt64) -> Act {
    let yard = FrontYard(size: size, palette: dayWalls, seed: seed)
    let track = Track(
      [
        .init(3, 0.5, 0.9), .init(7.2, 0.2, 5.3), .init(8, 0.1, 5.75), .init(14.5, 0.1, 5.75),
        .init(15.2, 0.2, 5.4), .init(20, 0.9, 0.6),
      ], heading: .pi)
    var person = Person(
      outfit: Outfit(
        jacket: Colour(hex: 0x7A4A22), trousers: Colour(hex: 0x4E3A28),
        headwear: .cap, headwearColour: Colour(hex: 0x6B3F1C), band: Colour(hex: 0xE9B949)))
    let spot = Place(0.62, FrontYard.deck, 6.05)
    return act(yard, .day()) { canvas, time in
      if time > 12.2 { Parcel.draw(at: spot, side: 0.42, view: yard.view, on: &canvas) }
      guard time > 2.8, time < 20 else { return yard.foreground(on: &canvas) }
      let sample = track.at(time)
      var pose = Pose.along(sample, time)
      person.load = time < 12.2 ? .box(0.42) : .nothing
      if time < 12.2 { pose = .carrying(pose) }
      var ringing = Pose.carrying(.standing(time))
      ringing.shoulder.y = 1.2
      ringing.elbow.y = 0.5
      pose.blend(ringing, window(time, 8.6, 10, fade: 0.3))
      pose.blend(.picking, window(time, 11.2, 13.4, fade: 0.8))
      let toParcel = window(time, 10.8, 13.6, fade: 0.6)
      show(
        person, pose, sample, yard, heading: mix(sample.heading, 2.2, toParcel), &canvas)
    }
  }

  /// Someone strolls past, sees the parcel, takes it and runs.
  static func theft(_ size: Point, _ seed: UInt64) -> Act {
    let yard = FrontYard(size: size, palette: dayWalls, seed: seed)
    let track = Track(
      [
        .init(5, -5.5, 2.9), .init(9, -0.9, 3.2), .init(10.4, -0.9, 3.2), .init(12.6, 0.2, 5.4),
        .init(13.2, 0.35, 5.75), .init(15, 0.35, 5.75), .init(15.5, 0.1, 5.2),
        .init(16.8, -1.6, 2.8),
        .init(18, -6.2, 2.4),
      ], smoothing: 0.4)
    var person = Person(
      outfit: Outfit(
        jacket: Colour(hex: 0x37474F), trousers: Colour(hex: 0x59626B),
        shoes: Colour(hex: 0xE4E4DE), headwear: .hood, headwearColour: Colour(hex: 0x2E3B42)))
    let spot = Place(0.62, FrontYard.deck, 6.05)
    return act(yard, .day(Colour(1.03, 1, 0.94, 1))) { canvas, time in
      if time < 14.3 { Parcel.draw(at: spot, side: 0.42, view: yard.view, on: &canvas) }
      guard time > 4.8, time < 18 else { return yard.foreground(on: &canvas) }
      let sample = track.at(time)
      var pose = Pose.along(sample, time)
      pose.blend(.picking, window(time, 13.2, 15.1, fade: 0.7))
      person.load = time > 14.3 ? .box(0.42) : .nothing
      if time > 14.9 { pose = .carrying(pose) }
      let look = window(time, 9.1, 10.6, fade: 0.4)
      show(
        person, pose, sample, yard, heading: mix(sample.heading, 2.6, look), &canvas)
    }
  }

  /// A visitor rings, the door opens, and she goes in.
  static func visitor(_ size: Point, _ seed: UInt64) -> Act {
    let yard = FrontYard(size: size, palette: dayWalls, seed: seed)
    let track = Track(
      [
        .init(4, -0.6, 0.8), .init(9, -0.1, 5.3), .init(9.6, 0, 5.7), .init(15.5, 0, 5.7),
        .init(17.4, 0, 7.3),
      ], heading: .pi)
    let guest = Person(
      outfit: Outfit(
        jacket: Colour(hex: 0xA8423F), trousers: Colour(hex: 0x2E3A55),
        shoes: Colour(hex: 0x3A2A22),
        skin: Colour(hex: 0xA9745A), hair: Colour(hex: 0x2A1C15), isLong: true, stature: 0.96))
    let host = Person(
      outfit: Outfit(jacket: Colour(hex: 0x5E7F5A), trousers: Colour(hex: 0x554A3E)))
    return act(yard, .day(Colour(1.02, 1, 0.97, 1))) { canvas, time in
      let open = window(time, 12, 19.5, fade: 1)
      if open > 0 { yard.door(&canvas, open: open) }
      if open > 0.3, time < 19 {
        var hello = Pose.standing(time)
        let wave = window(time, 13.2, 15, fade: 0.4)
        hello.shoulder.x = 2.2 * wave
        hello.elbow.x = 0.5 + 0.5 * wave + 0.25 * wave * sin(time * 9)
        let step = ramp(time, 15, 16.4)
        host.draw(
          hello, at: Place(0.12 - step * 0.3, FrontYard.deck, FrontYard.wall + 0.35 + step * 0.5),
          heading: 0.1, view: yard.view, on: &canvas)
        yard.doorFrame(&canvas, open: open)
      }
      if time > 3.8, time < 17.1 {
        let sample = track.at(time)
        var pose = Pose.along(sample, time)
        var ringing = Pose.standing(time)
        ringing.shoulder.y = 1.25
        ringing.elbow.y = 0.45
        pose.blend(ringing, window(time, 10.2, 11.4, fade: 0.3))
        show(guest, pose, sample, yard, &canvas)
        if sample.place.z > FrontYard.wall { yard.doorFrame(&canvas, open: open) }
      }
      yard.foreground(on: &canvas)
    }
  }
}
