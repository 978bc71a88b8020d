// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The joints of a person, in radians; pairs hold left in `x` and right in `y`.
struct Pose {
  /// The torso bent forward.
  var lean: Float = 0.04
  /// The torso bent to the person's left.
  var sway: Float = 0
  /// The head bent down.
  var nod: Float = 0.05
  /// Each thigh swung forward.
  var thigh = SIMD2<Float>(0.02, -0.02)
  /// Each knee bent.
  var knee = SIMD2<Float>(0.04, 0.04)
  /// Each leg spread outwards.
  var stance = SIMD2<Float>(0.05, 0.05)
  /// Each upper arm swung forward.
  var shoulder = SIMD2<Float>(0.05, 0.05)
  /// Each upper arm lifted sideways.
  var lift = SIMD2<Float>(0.12, 0.12)
  /// Each elbow bent.
  var elbow = SIMD2<Float>(0.2, 0.2)
  /// How far the lower foot is off the ground, in metres.
  var hop: Float = 0

  /// A share of the way from one pose to another.
  static func between(_ from: Pose, _ to: Pose, _ share: Float) -> Pose {
    var pose = Pose()
    pose.lean = from.lean + (to.lean - from.lean) * share
    pose.sway = from.sway + (to.sway - from.sway) * share
    pose.nod = from.nod + (to.nod - from.nod) * share
    pose.thigh = from.thigh + (to.thigh - from.thigh) * share
    pose.knee = from.knee + (to.knee - from.knee) * share
    pose.stance = from.stance + (to.stance - from.stance) * share
    pose.shoulder = from.shoulder + (to.shoulder - from.shoulder) * share
    pose.lift = from.lift + (to.lift - from.lift) * share
    pose.elbow = from.elbow + (to.elbow - from.elbow) * share
    pose.hop = from.hop + (to.hop - from.hop) * share
    return pose
  }

  /// Moves towards another pose by a share.
  mutating func blend(_ other: Pose, _ share: Float) {
    if share > 0 { self = Self.between(self, other, min(1, share)) }
  }
}

extension Pose {
  /// Standing, breathing and shifting weight a little.
  static func standing(_ time: Float) -> Pose {
    var pose = Pose()
    pose.sway = 0.02 * sin(time * 0.9)
    pose.lean = 0.04 + 0.012 * sin(time * 1.7)
    pose.nod = 0.06 + 0.05 * sin(time * 0.6)
    pose.shoulder = SIMD2(0.06, 0.02) + 0.03 * sin(time * 1.1)
    return pose
  }

  /// One moment of walking or running: the stride follows the distance, so feet do not slide.
  ///
  /// `speed` is in metres a second; above 2.4 it is a run.
  static func gait(distance: Float, speed: Float) -> Pose {
    let run = ramp(speed, 2, 3)
    let stride = mix(1.3, 2.3, run)
    let turn = distance / stride
    let reach = mix(0.43, 0.56, run)
    let standing = mix(0.56, 0.42, run)
    var pose = Pose()
    for side in 0..<2 {
      let shifted = turn + Float(side) / 2
      let cycle = shifted - shifted.rounded(.down)
      let isStanding = cycle < standing
      let share = isStanding ? cycle / standing : (cycle - standing) / (1 - standing)
      let lifted = isStanding ? 0 : sin(share * .pi)
      let swing = isStanding ? 1 - 2 * share : -cos(share * .pi)
      pose.thigh[side] = swing * reach + lifted * mix(0.14, 0.4, run)
      pose.knee[side] = lifted * mix(0.9, 1.5, run) + mix(0.05, 0.22, run)
      pose.shoulder[side] = -swing * mix(0.4, 0.8, run)
      pose.elbow[side] = mix(0.3, 1.5, run) + max(0, -swing) * 0.25
    }
    pose.lean = mix(0.06, 0.26, run)
    pose.sway = 0.03 * cos(turn * 2 * .pi)
    pose.lift = SIMD2(repeating: 0.1)
    pose.hop = run * 0.05 * abs(cos(turn * 2 * .pi))
    return pose
  }

  /// Walking where the track moves, standing where it rests.
  static func along(_ sample: Track.Sample, _ time: Float) -> Pose {
    between(
      standing(time), gait(distance: sample.distance, speed: sample.speed),
      ramp(sample.speed, 0.05, 0.7))
  }

  /// Carrying something before the chest with both hands.
  static func carrying(_ base: Pose) -> Pose {
    var pose = base
    pose.shoulder = SIMD2(repeating: 0.35)
    pose.elbow = SIMD2(repeating: 1.25)
    pose.lift = SIMD2(repeating: 0.08)
    pose.lean -= 0.05
    return pose
  }

  /// Bent down to the ground with both hands.
  static let picking: Pose = {
    var pose = Pose()
    pose.lean = 1.05
    pose.thigh = SIMD2(1.15, 0.95)
    pose.knee = SIMD2(1.75, 1.7)
    pose.shoulder = SIMD2(0.75, 0.75)
    pose.elbow = SIMD2(0.35, 0.35)
    pose.nod = 0.1
    return pose
  }()

  /// Crouching low, hands forward.
  static let crouching: Pose = {
    var pose = Pose()
    pose.lean = 0.5
    pose.thigh = SIMD2(1.35, 0.85)
    pose.knee = SIMD2(1.9, 1.75)
    pose.shoulder = SIMD2(0.9, 0.8)
    pose.elbow = SIMD2(0.7, 0.9)
    pose.nod = -0.2
    return pose
  }()
}
