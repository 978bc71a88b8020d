// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

@testable import Veil

struct DefaultFrostTests {
  private func frost(_ source: ClipSource, room: String, isStaff: Bool) -> Frost {
    let camera = Camera(
      id: CameraID("one"), sceneWidthMillimetres: 3000, room: room, isStaff: isStaff)
    return DefaultFrost(source: source, camera: camera).frost
  }

  @Test func `a staff test clip of a staff camera is clear`() {
    #expect(frost(.staffTest, room: "porch", isStaff: true) == .clear)
    #expect(frost(.staffTest, room: "bedroom", isStaff: true) == .clear)
  }

  @Test func `every other clip is frosted`() {
    #expect(frost(.customerFeedback, room: "porch", isStaff: false) == .frosted)
    #expect(frost(.customerFeedback, room: "", isStaff: true) == .frosted)
    #expect(frost(.staffTest, room: "porch", isStaff: false) == .frosted)
    #expect(DefaultFrost(source: .customerFeedback, camera: nil).frost == .frosted)
    #expect(DefaultFrost(source: .staffTest, camera: nil).frost == .frosted)
  }

  @Test(arguments: ["bedroom", "Bathroom", "child's room", "nursery-2", "NURSERY"])
  func `a private room is strict`(room: String) {
    #expect(frost(.customerFeedback, room: room, isStaff: false) == .strict)
    #expect(frost(.staffTest, room: room, isStaff: false) == .strict)
  }

  @Test func `a manifest only raises, and is the reason where it does`() {
    let camera = Camera(
      id: CameraID("one"), sceneWidthMillimetres: 3000, room: "porch", isStaff: true)
    var record = ClipRecord(
      id: ClipID(high: 1, low: 2), source: .staffTest, consent: "", camera: camera.id,
      recordedAt: "", alert: CameraAlert(label: "", score: nil, model: ""), predictions: [],
      facts: ClipFacts(
        size: PixelSize(width: 1, height: 1), pixelAspect: .one, duration: .zero, frameCount: 1,
        frameRate: .one, codec: "", greys: .even), ingestedAtMilliseconds: 0)
    for source in ClipSource.allCases {
      record.source = source
      for least in Frost.allCases {
        record.leastFrost = least
        let own = DefaultFrost(source: source, camera: camera)
        let frost = DefaultFrost(record: record, camera: camera)
        #expect(frost.frost == max(least, own.frost))
        #expect(frost.reason == (least > own.frost ? .manifest : own.reason))
      }
    }
  }
}
