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
    var policy = Policy(dailyGoal: 80, quickLevels: true)
    policy.retentionDays = 30
    policy.flaggedHours = 48
    policy.offlineSeat = true
    policy.maxOfflineHours = 1
    policy.keepSource = true
    policy.consentSignature = false
    policy.purpose = "a \"b\" \\ \u{2028} ü"
    policy.reviewerClass = "contractor"
    policy.reviewerPlace = "CH"
    policy.labelsAfterErasure = .keep
    policy.logMonths = 1
    policy.holdDespiteErasure = "Art. 17(3)(e)"
    policy.openForDemonstration()
    policy.terminals = ["foot", "/opt/a/b"]
    policy.idleLockSeconds = 3_600
    policy.notices = [NoticeDigest(id: "n-1", sha256: String(repeating: "ab", count: 32))]
    #expect(try PolicyFile.parse(PolicyFile.text(policy)) == policy)
    #expect(try PolicyFile.parse(PolicyFile.text(Policy())) == Policy())
    #expect(try PolicyFile.parse("") == Policy(dailyGoal: 150, quickLevels: false))
  }

  @Test func wrongPoliciesAreRefusedWhereTheyStand() {
    let digest = "sha256:" + String(repeating: "a", count: 64)
    let cases = [
      ("daily_goal = 0", "daily_goal"), ("daily_goal = 10001", "daily_goal"),
      ("daily_goal = 1.5", "whole number"), ("goal = 3", "unknown field \"goal\""),
      ("retention_days = 0", "1 to 365 days"), ("retention_days = 366", "1 to 365 days"),
      ("flagged_hours = 169", "1 to 168 hours"), ("max_offline_hours = 721", "1 to 720 hours"),
      ("log_months = 121", "1 to 120 months"), ("offline_seat = 1", "true or false"),
      ("purpose = \"\"", "1 to 64"), ("purpose = \"a\\nb\"", "1 to 64"),
      ("labels_after_erasure = \"Keep\"", "keep, drop or pseudonymise"),
      ("hold_despite_erasure = \"a\\u0007\"", "at most 400"), ("notices = \"a\"", "list of texts"),
      ("notices = [\"a\"]", "64 hexadecimal digits"),
      ("notices = [\"a \(digest.uppercased())\"]", "64 hexadecimal digits"),
      ("notices = [\"a \(digest)\", \"a \(digest)\"]", "listed twice"),
    ]
    for (text, message) in cases {
      do {
        _ = try PolicyFile.parse("\n" + text)
        Issue.record("accepted: \(text)")
      } catch {
        #expect(error.line == 2 && error.message.contains(message), "\(error)")
      }
    }
    #expect(throws: Never.self) { try PolicyFile.parse("notices = [\"a \(digest)\"]") }
  }
}
