// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The catalogue of attacks on every locked process: refused, and each works unlocked.
@Suite struct SuiteTests {
  @Test(arguments: ["decoder", "zygote", "watch", "review"])
  func everyAttackIsRefused(profile: String) throws {
    let run = try Finished([Seat.probe, profile])
    #expect(run.code == 0, "\(run.text)")
    #expect(run.output.contains(#/\d+ refused, 0 off/#))
  }

  @Test(arguments: ["decoder", "review"])
  func everyAttackOfAnUnprivilegedUserIsRefused(profile: String) throws {
    let run = try Finished([Seat.probe, "--user", "\(Seat.user)", profile])
    #expect(run.code == 0, "\(run.text)")
    #expect(run.output.contains(#/\d+ refused, 0 off/#))
  }

  /// A lock that is left out must show in every line: the judge is not blind.
  @Test func withoutALockEveryAttackIsOff() throws {
    let run = try Finished([Seat.probe, "--unlocked", "decoder"])
    #expect(run.code == 1)
    let count = try #require(run.output.firstMatch(of: #/decoder: (\d+) refused, (\d+) off/#))
    #expect(count.1 == "0")
    #expect(try #require(Int(count.2)) > 100)
  }

  @Test func theRightsOfEveryCommandAreKept() throws {
    let run = try Finished([Seat.probe, "rights"])
    #expect(run.code == 0, "\(run.text)")
    #expect(run.output.contains(#/\d+ acts as the table says, 0 off/#))
  }
}
