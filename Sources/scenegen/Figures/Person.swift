// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What someone looks like.
struct Outfit {
  /// What covers the head.
  enum Headwear { case hair, cap, hood }

  var jacket = Colour(hex: 0x3F5B74)
  var trousers = Colour(hex: 0x2F3440)
  var shoes = Colour(hex: 0x1E1B1A)
  var skin = Colour(hex: 0xC9977A)
  var hair = Colour(hex: 0x3A2A20)
  var headwear = Headwear.hair
  var headwearColour = Colour(hex: 0x3A2A20)
  /// A band around the chest, as on a safety vest.
  var band: Colour?
  /// A skirt or coat that reaches to the knees.
  var isLong = false
  /// Height over that of a person of 1.75 m.
  var stature: Float = 1
}

/// An articulated figure: a skeleton in three dimensions, drawn as shaded limbs.
struct Person {
  var outfit: Outfit
  /// Something held in a hand or both.
  var load = Load.nothing

  /// What the hands hold.
  enum Load {
    case nothing
    case box(Float)
    case crowbar
    case phone
    case leash
  }

  /// Draws the figure standing at a place, facing a heading, its light falling from `light` (a
  /// direction in the picture towards the lamp).
  func draw(
    _ pose: Pose, at place: Place, heading: Float, view: View, light: Point = Point(-0.5, -0.8),
    on canvas: inout Canvas
  ) {
    let body = Skeleton(pose, stature: outfit.stature, at: place, heading: heading)
    var brush = LimbBrush(view: view, light: light)
    let facing = cos(heading)
    for side in 0..<2 {
      leg(body, side, &brush)
      arm(body, side, &brush)
    }
    torso(body, &brush)
    head(body, facing, heading, &brush)
    carry(body, &brush)
    brush.flush(on: &canvas)
  }

  /// Draws the figure's shadow: soft at its feet, and cast along the ground where there is a sun
  /// (metres of shadow to the right and away for each metre of height).
  func shadow(
    _ pose: Pose, at place: Place, heading: Float, view: View, sun: Point?, strength: Float = 0.34,
    on canvas: inout Canvas
  ) {
    Shade.contact(at: place, radius: 0.36, strength: strength, view: view, on: &canvas)
    guard let sun else { return }
    let body = Skeleton(pose, stature: outfit.stature, at: place, heading: heading)
    var path = Path()
    func cast(_ from: Place, _ to: Place, _ radius: Float) {
      func fall(_ point: Place) -> Path.Station {
        let tall = point.y - place.y
        let onGround = Place(point.x + tall * sun.x, place.y, point.z + tall * sun.y)
        return .init(view.point(onGround), radius * view.scale(onGround))
      }
      path.add(.tube([fall(from), fall(to)]))
    }
    for side in 0..<2 {
      cast(body.hip[side], body.knee[side], 0.07)
      cast(body.knee[side], body.ankle[side], 0.055)
      cast(body.shoulder[side], body.elbow[side], 0.05)
      cast(body.elbow[side], body.hand[side], 0.045)
    }
    cast(body.pelvis, body.neck, 0.15)
    cast(body.head, body.head + Place(0, 0.05, 0), 0.11)
    canvas.fill(path, Colour(0.03, 0.05, 0.1, strength * 0.85))
  }

  private func leg(_ body: Skeleton, _ side: Int, _ brush: inout LimbBrush) {
    let size = outfit.stature
    brush.tube(
      [(body.hip[side], 0.092 * size), (body.knee[side], 0.064 * size)], outfit.trousers)
    brush.tube(
      [(body.knee[side], 0.064 * size), (body.ankle[side], 0.047 * size)],
      outfit.trousers.lit(0.95))
    brush.tube(
      [(body.heel[side], 0.044 * size), (body.toe[side], 0.036 * size)], outfit.shoes)
  }

  private func arm(_ body: Skeleton, _ side: Int, _ brush: inout LimbBrush) {
    let size = outfit.stature
    brush.tube([(body.elbow[side], 0.04 * size), (body.hand[side], 0.036 * size)], outfit.skin)
    brush.tube(
      [
        (body.shoulder[side], 0.066 * size), (body.elbow[side], 0.052 * size),
        (mix(body.elbow[side], body.hand[side], 0.8), 0.042 * size),
      ], outfit.jacket.lit(0.93))
  }

  private func torso(_ body: Skeleton, _ brush: inout LimbBrush) {
    let size = outfit.stature
    func wide(_ across: Float, _ deep: Float) -> Float {
      let lateral = across * body.frontality
      let sagittal = deep * (1 - body.frontality * body.frontality).squareRoot()
      return (lateral * lateral + sagittal * sagittal).squareRoot() * size
    }
    let chest = mix(body.pelvis, body.neck, 0.72)
    let waist = mix(body.pelvis, body.neck, 0.28)
    var stations: [(Place, Float)] = [
      (mix(body.pelvis, body.neck, 0.97), wide(0.10, 0.08)),
      (mix(body.pelvis, body.neck, 0.9), wide(0.185, 0.105)),
      (chest, wide(0.195, 0.125)), (waist, wide(0.165, 0.115)),
      (mix(body.pelvis, body.neck, 0.02), wide(0.172, 0.125)),
    ]
    let seat = (body.hip[0] - body.hip[1]) * 0.42
    let hips = mix(body.hip[0], body.hip[1], 0.5) - Place(0, 0.03 * size, 0)
    brush.tube([(hips - seat, 0.105 * size), (hips + seat, 0.105 * size)], outfit.trousers)
    if outfit.isLong {
      let knees = mix(body.knee[0], body.knee[1], 0.5)
      stations.append((mix(body.pelvis, knees, 0.8), wide(0.23, 0.2)))
    }
    brush.tube(stations, outfit.jacket, nearer: 0.02)
    if let band = outfit.band {
      for share in [Float(0.36), 0.58] {
        let middle = mix(body.pelvis, body.neck, share)
        let across = body.left * (wide(0.15, 0.1) / max(0.3, body.frontality))
        brush.tube(
          [(middle - across, 0.025), (middle + across, 0.025)], band, nearer: 0.2)
      }
    }
    brush.tube(
      [(body.neck, 0.055 * size), (mix(body.neck, body.head, 0.6), 0.05 * size)],
      outfit.skin.lit(0.85), nearer: 0.01)
  }

  private func head(
    _ body: Skeleton, _ facing: Float, _ heading: Float, _ brush: inout LimbBrush
  ) {
    let size = outfit.stature
    let up = body.headUp
    let crown = body.head + up * 0.05 * size
    let chin = body.head - up * 0.065 * size
    let front = body.forward * 0.028 * size
    let cover = outfit.headwear == .hair ? outfit.hair : outfit.headwearColour
    if outfit.headwear == .hood {
      brush.tube([(crown - front, 0.118 * size), (chin - front, 0.112 * size)], cover)
    } else {
      brush.tube(
        [(crown - front * 0.7, 0.106 * size), (body.head - front, 0.097 * size)], outfit.hair)
    }
    guard facing > -0.55 else {
      if outfit.headwear == .cap {
        brush.tube([(crown - front * 0.4, 0.108 * size), (crown, 0.1 * size)], cover, nearer: 0.04)
      }
      return
    }
    let tilt = front * (outfit.headwear == .hood ? 0.9 : 1.15)
    brush.tube(
      [(body.head + up * 0.02 + tilt, 0.086 * size), (chin + tilt, 0.066 * size)], outfit.skin,
      nearer: 0.05)
    eyes(body, facing, up, &brush)
    if outfit.headwear == .cap {
      let brim = crown + front * 3.4 - up * 0.03
      brush.tube([(crown - front * 0.6, 0.1 * size), (crown, 0.094 * size)], cover, nearer: 0.09)
      brush.tube([(crown - up * 0.02, 0.05 * size), (brim, 0.028 * size)], cover, nearer: 0.12)
    } else if outfit.headwear == .hair {
      brush.tube(
        [(crown - front * 0.8, 0.098 * size), (crown + front * 0.7, 0.07 * size)], outfit.hair,
        nearer: 0.08)
    }
  }

  private func eyes(
    _ body: Skeleton, _ facing: Float, _ up: Place, _ brush: inout LimbBrush
  ) {
    let size = outfit.stature
    for side in [Float(-1), 1] where facing - body.left.z * side > -0.1 {
      let eye =
        body.head + up * 0.028 * size + body.forward * 0.088 * size
        + body.left * (0.033 * side * size)
      brush.tube(
        [(eye, 0.0105 * size), (eye + up * 0.004, 0.0105 * size)], Colour(hex: 0x1D1512),
        nearer: 0.07)
    }
  }

  private func carry(_ body: Skeleton, _ brush: inout LimbBrush) {
    let hands = mix(body.hand[0], body.hand[1], 0.5)
    switch load {
    case .nothing: break
    case .box(let side):
      brush.box(at: hands + body.forward * side * 0.42, side: side)
    case .crowbar:
      let grip = body.hand[1]
      let end = grip + body.forward * 0.34 + Place(0, 0.2, 0)
      brush.tube(
        [(grip - body.forward * 0.08, 0.014), (end, 0.014), (end + body.forward * 0.07, 0.012)],
        Colour(hex: 0x8D939B), nearer: 0.05)
    case .phone:
      let grip = body.hand[1]
      brush.tube(
        [(grip, 0.03), (grip + Place(0, 0.1, 0), 0.03)], Colour(hex: 0xDDEBFF), nearer: 0.06)
    case .leash:
      break
    }
  }
}

/// The value a share of the way between two places.
func mix(_ from: Place, _ to: Place, _ share: Float) -> Place { from + (to - from) * share }
