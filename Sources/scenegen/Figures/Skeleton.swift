// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Where a person's joints are in the scene; pairs hold left and right.
struct Skeleton {
  private(set) var pelvis = Place()
  private(set) var neck = Place()
  private(set) var head = Place()
  private(set) var hip: [Place] = []
  private(set) var knee: [Place] = []
  private(set) var ankle: [Place] = []
  private(set) var heel: [Place] = []
  private(set) var toe: [Place] = []
  private(set) var shoulder: [Place] = []
  private(set) var elbow: [Place] = []
  private(set) var hand: [Place] = []
  /// The unit vectors of the body: the way it faces, and to its left.
  let forward: Place
  let left: Place
  /// The unit vector from neck to crown.
  private(set) var headUp = Place(0, 1, 0)
  /// How much of the body's breadth the camera sees: 1 from the front, 0 from the side.
  let frontality: Float

  /// Places the joints so that the lower foot stands on the ground at `place`.
  init(_ pose: Pose, stature: Float, at place: Place, heading: Float) {
    forward = Place(sin(heading), 0, -cos(heading))
    left = Place(cos(heading), 0, sin(heading))
    frontality = abs(cos(heading))
    legs(pose, stature)
    let lowest = min(heel[0].y, heel[1].y, toe[0].y, toe[1].y)
    let base = place + Place(0, pose.hop - lowest + 0.04 * stature, 0)
    hip = hip.map { $0 + base }
    knee = knee.map { $0 + base }
    ankle = ankle.map { $0 + base }
    heel = heel.map { $0 + base }
    toe = toe.map { $0 + base }
    pelvis = base
    upper(pose, stature)
  }

  /// A direction in the body: swung forward from straight down, and spread to one side.
  private func down(_ swing: Float, _ spread: Float, _ side: Float) -> Place {
    Place(0, -cos(swing) * cos(spread), 0) + forward * (sin(swing) * cos(spread))
      + left * (sin(spread) * side)
  }

  private mutating func legs(_ pose: Pose, _ stature: Float) {
    for index in 0..<2 {
      let side: Float = index == 0 ? 1 : -1
      let joint = left * (0.095 * side * stature)
      let bend = joint + down(pose.thigh[index], pose.stance[index], side) * (0.44 * stature)
      let shin = pose.thigh[index] - pose.knee[index]
      let foot = bend + down(shin, pose.stance[index] * 0.5, side) * (0.42 * stature)
      let pitch = max(0, min(1.1, -shin - 0.3)) * 0.8
      let along = forward * cos(pitch) + Place(0, -sin(pitch), 0)
      hip.append(joint)
      knee.append(bend)
      ankle.append(foot)
      heel.append(foot - along * (0.05 * stature) - Place(0, 0.035 * stature, 0))
      toe.append(foot + along * (0.17 * stature) - Place(0, 0.035 * stature, 0))
    }
  }

  private mutating func upper(_ pose: Pose, _ stature: Float) {
    let spine =
      Place(0, cos(pose.lean) * cos(pose.sway), 0) + forward * sin(pose.lean)
      + left * sin(pose.sway)
    neck = pelvis + spine * (0.52 * stature)
    let tilt = pose.lean * 0.5 + pose.nod
    headUp = Place(0, cos(tilt), 0) + forward * sin(tilt)
    head = neck + headUp * (0.17 * stature)
    for index in 0..<2 {
      let side: Float = index == 0 ? 1 : -1
      let joint = neck - spine * (0.06 * stature) + left * (0.185 * side * stature)
      let swing = pose.shoulder[index] + pose.lean * 0.4
      let bend = joint + down(swing, pose.lift[index], side) * (0.29 * stature)
      let fore = down(swing + pose.elbow[index], pose.lift[index] * 0.3, side)
      shoulder.append(joint)
      elbow.append(bend)
      hand.append(bend + fore * (0.29 * stature))
    }
  }
}
