// SPDX-License-Identifier: Apache-2.0

import Veil
import Vocabulary

/// A staff test camera and its clip, which come with a grant.
enum Staff {
  static func grant(_ facts: ClipFacts) -> ClearGrant? {
    let camera = Camera(
      id: CameraID("bench"), sceneWidthMillimetres: 1285, room: "bench", isStaff: true)
    let record = ClipRecord(
      id: Driver.id, source: .staffTest, consent: "", camera: camera.id, recordedAt: "",
      alert: CameraAlert(label: "", score: nil, model: ""), predictions: [], facts: facts,
      ingestedAtMilliseconds: 0)
    return ClearGrant.staffTest(record: record, camera: camera)
  }
}
