// SPDX-License-Identifier: Apache-2.0

import ClipVault
import StrictTOML
import Testing
import Vocabulary

@Suite struct PolicyFilesTests {
  private func camera(_ body: String) -> String { "[[camera]]\nid = \"a\"\n" + body }

  @Test func scenesAreAsWideAsTheOpticsSay() throws {
    let book = try CamerasFile.parse(
      camera("field_of_view_degrees = 90\nnearest_subject_metres = 2\nroom = \"porch\"\n")
        + "[[camera]]\nid = \"b\"\nfield_of_view_degrees = 110\nnearest_subject_metres = 0.45\n"
        + "staff = true\n")
    let a = try #require(book[CameraID("a")])
    #expect((3999...4000).contains(a.sceneWidthMillimetres))
    #expect(a.room == "porch" && !a.isStaff)
    let b = try #require(book[CameraID("b")])
    #expect(b.sceneWidthMillimetres == Camera.unknownSceneWidthMillimetres)
    #expect(b.room.isEmpty && b.isStaff)
    #expect(book.sceneWidthMillimetres(of: CameraID("nobody")) == 1285)
    #expect(try CamerasFile.parse("").cameras.isEmpty)
  }

  @Test func theFirstCameraIsAStaffTestCamera() throws {
    let book = try CamerasFile.parse(CamerasFile.initial)
    #expect(book.cameras.values.map(\.isStaff) == [true])
    #expect(book[CameraID("bench")] != nil)
    let stub = try CamerasFile.parse(CamerasFile.stub(CameraID("we\"ird")))
    #expect(stub.sceneWidthMillimetres(of: CameraID("we\"ird")) == 1285)
    #expect(stub[CameraID("we\"ird")]?.isStaff == false)
  }

  @Test func wrongCamerasAreRefusedWhereTheyStand() {
    let optics = "field_of_view_degrees = 90\nnearest_subject_metres = 2\n"
    #expect(throws: Never.self) { try CamerasFile.parse(camera(optics)) }
    let cases = [
      ("field_of_view_degrees = 0.9\nnearest_subject_metres = 2\n", ":3:1: ", "1 to 179"),
      ("field_of_view_degrees = 180\nnearest_subject_metres = 2\n", ":3:1: ", "1 to 179"),
      ("field_of_view_degrees = nan\nnearest_subject_metres = 2\n", ":3:1: ", "a number"),
      ("field_of_view_degrees = 90\nnearest_subject_metres = 0\n", ":4:1: ", "above 0"),
      ("field_of_view_degrees = 90\nnearest_subject_metres = 100.1\n", ":4:1: ", "at most 100"),
      ("field_of_view_degrees = 1\nnearest_subject_metres = 0.0001\n", ":4:1: ", "1 mm"),
      ("field_of_view_degrees = 90\n", ":1:1: ", "\"nearest_subject_metres\" is missing"),
      (optics + "staff = \"yes\"\n", ":5:1: ", "true or false"),
      (optics + "owner = \"x\"\n", ":5:1: ", "unknown field \"owner\""),
      (optics + camera(optics), ":6:1: ", "is described on line 2 too"),
    ]
    for (body, place, message) in cases {
      do {
        _ = try CamerasFile.parse(camera(body))
        Issue.record("accepted: \(body)")
      } catch {
        #expect(error.description.hasPrefix("cameras.toml" + place), "\(error)")
        #expect(error.message.contains(message), "\(error)")
      }
    }
  }

  @Test func aPolicyIsReadBackAsItWasWritten() throws {
    let policy = Policy(dailyGoal: 80, quickLevels: true)
    #expect(try PolicyFile.parse(PolicyFile.text(policy)) == policy)
    #expect(try PolicyFile.parse("") == Policy(dailyGoal: 150, quickLevels: false))
    for wrong in ["daily_goal = 0", "daily_goal = 10001", "daily_goal = 1.5", "goal = 3"] {
      #expect(throws: PolicyFileError.self) { try PolicyFile.parse(wrong) }
    }
  }
}
