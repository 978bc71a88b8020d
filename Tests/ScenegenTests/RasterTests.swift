// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import scenegen

@Suite struct RasterTests {
  private let white = Colour(1, 1, 1, 1)

  private func sum(_ canvas: Canvas) -> Float { canvas.pixels.reduce(0) { $0 + $1.x } }

  @Test func coverageIsTheExactArea() {
    for index in 0..<40 {
      func chance(_ salt: Int) -> Float { Hash.unit(index * 4 + salt, 5) }
      var canvas = Canvas(width: 40, height: 30)
      let origin = Point(chance(0) * 10 + 1, chance(1) * 8 + 1)
      let size = Point(chance(2) * 20 + 0.3, chance(3) * 15 + 0.3)
      canvas.fill(.rectangle(origin, size), white)
      #expect(abs(sum(canvas) - size.x * size.y) < 0.05)
    }
  }

  @Test func slantedAndRoundShapesKeepTheirArea() {
    var canvas = Canvas(width: 60, height: 60)
    canvas.fill(Path([Point(3.3, 4.1), Point(52.7, 20.2), Point(11.4, 55.9)]), white)
    let area = abs((52.7 - 3.3) * (55.9 - 4.1) - (11.4 - 3.3) * (20.2 - 4.1)) / 2
    #expect(abs(sum(canvas) - Float(area)) < 1)
    var round = Canvas(width: 60, height: 60)
    round.fill(.ellipse(Point(30, 30), Point(20, 10)), white)
    #expect(abs(sum(round) - 20 * 10 * Float.pi) < 8)
  }

  @Test func shapesBeyondTheEdgesAreClipped() {
    var canvas = Canvas(width: 20, height: 20)
    canvas.fill(Path([Point(-50, -50), Point(70, -50), Point(70, 70), Point(-50, 70)]), white)
    #expect(abs(sum(canvas) - 400) < 0.01)
    canvas.fill(.rectangle(Point(30, 5), Point(4, 4)), Colour(0, 0, 0, 1))
    canvas.fill(.rectangle(Point(-30, 5), Point(4, 4)), Colour(0, 0, 0, 1))
    #expect(abs(sum(canvas) - 400) < 0.01)
  }

  @Test func overlappingOutlinesAreOneShape() {
    var path = Path.rectangle(Point(2, 2), Point(6, 6))
    path.add(Path([Point(4, 8), Point(10, 8), Point(10, 4), Point(4, 4)]))
    var canvas = Canvas(width: 16, height: 16)
    canvas.fill(path, Colour(1, 1, 1, 0.5))
    #expect(abs(sum(canvas) - 0.5 * (36 + 24 - 16)) < 0.01)
  }

  @Test func restoringBringsTheBackgroundBack() {
    var canvas = Canvas(width: 50, height: 35)
    canvas.fill(.ellipse(Point(20, 20), Point(15, 9)), Colour(0.2, 0.6, 0.9, 1))
    let background = canvas
    canvas.settle()
    canvas.fill(.ellipse(Point(40, 30), Point(8, 8)), white)
    #expect(canvas.pixels != background.pixels)
    #expect(canvas.touched.contains(true) && canvas.touched.contains(false))
    canvas.restore(from: background)
    #expect(canvas.pixels == background.pixels)
    #expect(!canvas.touched.contains(true))
  }

  @Test func feetDoNotSlide() {
    let track = Track([.init(0, 0, 4), .init(8, 10, 4)], smoothing: 0.1)
    var slides: [Float] = []
    for step in 100..<300 {
      let times = [Float(step) / 50, Float(step + 1) / 50]
      let feet = times.map { time in
        let sample = track.at(time)
        let pose = Pose.gait(distance: sample.distance, speed: sample.speed)
        return Skeleton(pose, stature: 1, at: sample.place, heading: sample.heading).ankle
      }
      let standing = feet[0][0].y < feet[0][1].y ? 0 : 1
      slides.append(abs(feet[1][standing].x - feet[0][standing].x) * 50)
    }
    // The foot on the ground is slow on average while the body goes at 1.25 m/s.
    let mean = slides.reduce(0, +) / Float(slides.count)
    #expect(mean < 0.5)
  }

  @Test func aTrackEndsWhereItSays() {
    let track = Track([.init(1, -2, 3), .init(3, 2, 5)])
    #expect(abs(track.at(0).place.x + 2) < 0.2)
    #expect(abs(track.at(9).place.x - 2) < 0.3 && abs(track.at(9).place.z - 5) < 0.3)
    #expect(track.at(0).speed < 0.1 && track.at(2).speed > 1.5)
  }
}
