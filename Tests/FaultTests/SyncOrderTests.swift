// SPDX-License-Identifier: Apache-2.0
import FaultSupport
import Foundation
import Testing

/// What a loss of power may not undo, by the order of each command's calls.
@Suite("Order of syncs")
struct SyncOrderTests {
  @Test(
    "files are synced before they get their names, folders before the command ends",
    arguments: [
      FaultVault.ingest(["c.mp4"]), FaultVault.command(["erase", "--subject", "a"]),
      FaultVault.command(["rekey"]), FaultVault.command(["policy", "sign"]),
      FaultVault.command(["person", "add", "bob", "--role", "reviewer"]),
      FaultVault.command(["consent", "withdraw", "--subject", "a"]),
    ])
  func commands(words: [String]) async throws {
    let sweep = FaultSweep(
      of: words, from: try await FaultVault.make(clips: 2),
      watching: FaultVault.folders)
    try await Self.demandOrder(sweep)
  }

  @Test("also where the vault is new")
  func initialise() async throws {
    let sweep = FaultSweep(
      of: FaultVault.initialise, from: try FaultVault.bare(), watching: FaultVault.folders)
    try await Self.demandOrder(sweep)
  }

  private static func demandOrder(_ sweep: FaultSweep) async throws {
    let violations = try await sweep.orderViolations()
    #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
  }

  // MARK: The check itself

  private static func call(
    _ number: Int, _ operation: FaultCall.Operation, _ path: String, _ newPath: String = ""
  ) -> FaultCall {
    FaultCall(number: number, operation: operation, size: 1, path: path, newPath: newPath)
  }

  /// A file that replaces another as it should, and an epoch that goes after that.
  private static let good = [
    call(1, .create, "/v/keys/.incoming-store"), call(2, .write, "/v/keys/.incoming-store"),
    call(3, .sync, "/v/keys/.incoming-store"),
    call(4, .rename, "/v/keys/.incoming-store", "/v/keys/store"), call(5, .sync, "/v/keys"),
    call(6, .write, "/s/epoch-1"), call(7, .sync, "/s/epoch-1"), call(8, .unlink, "/s/epoch-1"),
    call(9, .sync, "/s"),
  ]

  @Test("each missing sync is found")
  func missing() {
    let present: Set = ["/v/keys", "/v/keys/store", "/s", "/s/epoch-1"]
    #expect(SyncOrder(Self.good, present: present).violations == [])
    for number in [3, 5, 9] {
      let calls = Self.good.filter { $0.number != number }
      #expect(!SyncOrder(calls, present: present).violations.isEmpty, "without call \(number)")
    }
    let late = Self.good.filter { $0.number != 5 } + [Self.call(10, .sync, "/v/keys")]
    #expect(SyncOrder(late, present: present).violations.count == 2)
  }
}
