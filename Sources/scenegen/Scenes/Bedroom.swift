// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A bedroom in the evening: bed, wardrobe, and a dressing corner behind a drawn curtain.
struct Bedroom {
  /// What the silhouette wears.
  enum Garment {
    /// Nothing loose.
    case none
    /// A skirt or coat, drawn up to a share of its length.
    case worn(Float)
  }

  let view: View
  private let seed: UInt64
  /// The curtain's left and right end and its distance.
  private let drape: (left: Float, right: Float, away: Float) = (-2.3, 0.35, 3.0)
  private let wall: Float = 4.4

  /// The place in a picture size.
  init(size: Point, seed: UInt64) {
    view = View(size: size, focal: 0.6, height: 2.0, pitch: 0.2)
    self.seed = seed
  }

  /// Evening light: dim and bluish but around the bedside lamp.
  var grade: Grade {
    let lamp = view.point(2.55, 1.0, 3.7) / view.size
    return Grade(noise: 1.5) { place in
      let offset = (place - lamp) * Point(1.5, 1.1)
      let warm = exp(-4.2 * (offset * offset).sum())
      let ambient = Colour(0.42, 0.45, 0.56, 1)
      return ambient + Colour(0.85, 0.62, 0.32, 0) * warm
    }
  }

  /// Paints everything that stands still.
  func paint(on canvas: inout Canvas) {
    shell(&canvas)
    wardrobe(&canvas)
    bed(&canvas)
    nightstand(&canvas)
  }

  /// Draws the light that shines through the curtain, breathing a little.
  func glow(_ time: Float, on canvas: inout Canvas) {
    let middle = view.point((drape.left + drape.right) / 2, 1.15, drape.away)
    let bright = 1 + 0.015 * sin(time * 2.3)
    let radii = Point(1.75, 1.75) * view.scale(Place(0, 1, drape.away))
    canvas.fill(
      view.front(drape.left, drape.right, 0.05, 2.35, drape.away),
      .radial(
        middle, radii, Colour(hex: 0xFFE0A0).lit(2.1 * bright).opacity(1),
        Colour(hex: 0xC98B48).lit(1.5 * bright).opacity(1)))
  }

  /// Draws a figure as its shadow on the curtain: one dark shape with soft edges.
  func silhouette(
    _ pose: Pose, at place: Place, heading: Float, garment: Garment, on canvas: inout Canvas
  ) {
    let body = Skeleton(pose, stature: 0.97, at: place, heading: heading)
    for (grow, strength) in [(Float(0.05), Float(0.16)), (0.025, 0.25), (0, 0.55)] {
      var path = Path()
      func part(_ stations: [(Place, Float)]) {
        path.add(
          .tube(
            stations.map {
              .init(view.point($0.0), ($0.1 + grow) * view.scale($0.0))
            }))
      }
      for side in 0..<2 {
        part([
          (body.hip[side], 0.09), (body.knee[side], 0.06), (body.ankle[side], 0.045),
        ])
        part([
          (body.shoulder[side], 0.06), (body.elbow[side], 0.045), (body.hand[side], 0.04),
        ])
      }
      part([
        (mix(body.pelvis, body.neck, 0.95), 0.13), (mix(body.pelvis, body.neck, 0.75), 0.165),
        (mix(body.pelvis, body.neck, 0.35), 0.13), (body.pelvis, 0.17),
      ])
      part([(body.neck, 0.05), (body.head, 0.09), (body.head + body.headUp * 0.05, 0.1)])
      part([(body.head - body.forward * 0.06, 0.08), (body.neck - body.forward * 0.09, 0.06)])
      if case .worn(let share) = garment, share > 0.05 {
        let knees = mix(body.knee[0], body.knee[1], 0.5)
        part([(body.pelvis, 0.17), (mix(body.pelvis, knees, 0.95 * share), 0.17 + 0.13 * share)])
      }
      canvas.fill(clipped(path), Colour(hex: 0x3A2614, strength))
    }
  }

  /// Draws the curtain's folds over the light and the shadow.
  func veil(_ time: Float, on canvas: inout Canvas) {
    let folds = 22
    for fold in 0..<folds {
      let from = mix(drape.left, drape.right, Float(fold) / Float(folds))
      let to = mix(drape.left, drape.right, Float(fold + 1) / Float(folds))
      let wave = 0.012 * sin(time * 0.9 + Float(fold))
      let outline = [
        Place(from, 2.35, drape.away), Place(to, 2.35, drape.away),
        Place(to + wave, 0.05, drape.away), Place(from + wave, 0.05, drape.away),
      ]
      let start = view.point(from, 1.2, drape.away)
      let end = view.point(to, 1.2, drape.away)
      canvas.fill(
        view.path(outline),
        .linear(
          start, Colour(hex: 0xF2D9B0, 0.06), end, Colour(hex: 0x4A2E18, 0.42)))
    }
    canvas.fill(
      view.front(drape.left - 0.1, drape.right + 0.1, 2.33, 2.4, drape.away - 0.02),
      Colour(hex: 0x5A4636))
  }

  /// Keeps a shape's outlines within the curtain's edges.
  private func clipped(_ path: Path) -> Path {
    let left = view.point(drape.left, 1, drape.away).x
    let right = view.point(drape.right, 1, drape.away).x
    var kept = Path()
    for contour in path.contours {
      let inside = contour.map { Point(min(right, max(left, $0.x)), $0.y) }
      kept.add(inside)
    }
    return kept
  }

  private func shell(_ canvas: inout Canvas) {
    let paper = Colour(hex: 0xB9A9A6)
    canvas.fill(.rectangle(Point(0, 0), view.size), paper.lit(0.7))
    canvas.fill(
      view.front(-3.6, 3.6, 0, 2.7, wall), .flat(paper),
      mottle: Mottle(strength: 0.05, scale: view.size / 12, seed: seed))
    for stripe in 0..<36 {
      let left = -3.6 + Float(stripe) * 0.2
      canvas.fill(view.front(left, left + 0.07, 0.1, 2.7, wall), paper.lit(1.07).opacity(0.5))
    }
    canvas.fill(view.side(-3.6, 0.5, wall, 0, 2.7), paper.lit(0.8))
    canvas.fill(view.side(3.6, 0.5, wall, 0, 2.7), paper.lit(0.85))
    canvas.fill(view.floor(-3.6, 3.6, 0.5, wall, height: 2.7), Colour(hex: 0xD9D4CC))
    canvas.fill(
      view.floor(-3.6, 3.6, 0.4, wall), .flat(Colour(hex: 0x8C7F76)),
      mottle: Mottle(strength: 0.1, scale: view.size / 130, seed: seed))
    canvas.fill(view.front(-3.6, 3.6, 0, 0.1, wall), Colour(hex: 0xEDE8DF))
    let spill = view.point(-1, 0, 2.6)
    let radii = Point(1.6, 0.42) * view.scale(Place(-1, 0, 2.6))
    canvas.fill(
      .ellipse(spill, radii),
      .radial(spill, radii, Colour(0.9, 0.65, 0.3, 1), Colour(0, 0, 0, 0)), blend: .light)
  }

  private func wardrobe(_ canvas: inout Canvas) {
    let wood = Colour(hex: 0x9A7B5C)
    canvas.fill(view.side(1.5, 3.9, wall, 0, 2.05), wood.lit(0.9))
    canvas.fill(
      view.front(0.6, 1.5, 0, 2.05, 3.9),
      .linear(
        view.point(0.6, 2, 3.9), wood.lit(1.05), view.point(1.5, 0, 3.9), wood.lit(0.8)))
    for (left, right) in [(Float(0.64), Float(1.03)), (1.07, 1.46)] {
      canvas.fill(view.front(left, right, 0.1, 1.97, 3.89), wood.lit(0.85))
      canvas.fill(view.front(left + 0.04, right - 0.04, 0.16, 1.91, 3.89), wood.lit(1.02))
    }
    for right in [Float(1.0), 1.1] {
      canvas.fill(view.front(right - 0.012, right + 0.012, 0.95, 1.1, 3.86), wood.lit(0.4))
    }
  }

  private func bed(_ canvas: inout Canvas) {
    let wood = Colour(hex: 0x7D5D45)
    let sheet = Colour(hex: 0xDDE3EA)
    let cover = Colour(hex: 0x5F7FA0)
    canvas.fill(view.front(0.9, 2.5, 0.3, 1.1, 3.6), wood)
    Shade.contact(at: Place(1.7, 0, 2.5), radius: 1.3, strength: 0.4, view: view, on: &canvas)
    canvas.fill(view.side(0.9, 1.6, 3.55, 0.1, 0.52), sheet.lit(0.7))
    canvas.fill(view.floor(0.9, 2.5, 1.6, 3.55, height: 0.52), sheet)
    canvas.fill(view.front(0.9, 2.5, 0.1, 0.52, 1.6), cover.lit(0.7))
    for (index, left) in [Float(1.0), 1.78].enumerated() {
      let corners = [
        Place(left, 0.6, 3.05), Place(left + 0.64, 0.6, 3.05), Place(left + 0.62, 0.74, 3.5),
        Place(left + 0.02, 0.74, 3.5),
      ]
      canvas.fill(
        .smooth(corners.map(view.point), steps: 5), Colour(hex: 0xF2F0EA).lit(index == 0 ? 1 : 0.95)
      )
    }
    canvas.fill(
      view.floor(0.88, 2.52, 1.58, 2.85, height: 0.56),
      .linear(
        view.point(1, 0.56, 2.85), cover.lit(1.15), view.point(2.4, 0.56, 1.6), cover.lit(0.85)),
      mottle: Mottle(strength: 0.12, scale: view.size / Point(30, 18), seed: seed))
    for row in 0..<6 {
      let away = 1.75 + Float(row) * 0.2
      canvas.fill(
        view.floor(0.9, 2.5, away, away + 0.035, height: 0.565), cover.lit(1.35).opacity(0.55))
    }
    canvas.fill(view.side(0.88, 1.58, 2.85, 0.18, 0.56), cover.lit(0.62))
  }

  private func nightstand(_ canvas: inout Canvas) {
    let wood = Colour(hex: 0x8A6A4E)
    canvas.fill(view.front(2.6, 3.1, 0, 0.55, 3.5), wood.lit(0.9))
    canvas.fill(view.floor(2.6, 3.1, 3.5, 3.9, height: 0.55), wood.lit(1.2))
    canvas.fill(view.front(2.65, 3.05, 0.3, 0.48, 3.49), wood.lit(1.05))
    let foot = Place(2.85, 0.55, 3.7)
    canvas.fill(
      .stroke(
        view.point(foot), view.point(foot + Place(0, 0.3, 0)), width: 0.05 * view.scale(foot)),
      Colour(hex: 0xB08D57))
    canvas.fill(
      view.path([
        foot + Place(-0.19, 0.25, 0), foot + Place(0.19, 0.25, 0), foot + Place(0.11, 0.52, 0),
        foot + Place(-0.11, 0.52, 0),
      ]), Colour(hex: 0xFFF0CC).lit(1.2))
    let glow = Point(0.9, 0.9) * view.scale(foot)
    let centre = view.point(foot + Place(0, 0.4, 0))
    canvas.fill(
      .ellipse(centre, glow),
      .radial(centre, glow, Colour(hex: 0xFFE2A8, 0.55), Colour(hex: 0xFFE2A8, 0)))
  }
}
