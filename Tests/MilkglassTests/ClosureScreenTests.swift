// SPDX-License-Identifier: Apache-2.0
import PtySupport
import Testing
import Vocabulary

/// The screens of what may not be seen, or not any more.
@Suite("Closed clips on screen")
struct ClosureScreenTests {
  static let sizes = [CellSize(columns: 80, rows: 24), CellSize(columns: 120, rows: 36)]

  @Test("a clip that the consent gate refuses shows the field and no picture", arguments: sizes)
  func refused(size: CellSize) throws {
    let vault = try TestVault.customers()
    try vault.demand(["policy", "edit", "reviewer_place=CH"])
    let seat = try Seat(vault, size: size)
    // It is passed over where another might be due; where none is, it says why there is nothing.
    try seat.waitFor("reviewer_places")
    try seat.expectScreen("refused-\(size.columns)x\(size.rows)")
    #expect(try seat.leave())
    let log = try vault.demand(["audit", "show"], as: "olga").output
    #expect(log.contains("field=reviewer_places") && !log.contains("first picture"))
  }

  @Test("a clip that is withdrawn while it is on screen goes from it at once", arguments: sizes)
  func withdrawn(size: CellSize) throws {
    let vault = try TestVault.customers()
    let seat = try Seat(vault, size: size)
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.wait { seat.picture.colours.count > 3 }
    try vault.demand(["consent", "withdraw", "--subject", TestConsent.subject])
    try seat.waitFor("was withdrawn")
    try seat.expectScreen("withdrawn-\(size.columns)x\(size.rows)")
    seat.program.send(" l.k")
    try seat.program.waitForIdle()
    #expect(seat.picture.colours.count <= 3)
    #expect(try seat.leave())
  }

  @Test("an offline seat's header tells the age of the notices", arguments: sizes)
  func offline(size: CellSize) throws {
    let vault = try TestVault.customers()
    try vault.demand(["policy", "edit", "offline_seat=true"])
    // Without notices no customer's clip opens.
    let before = try Seat(vault, size: size)
    try before.waitFor("no notices yet")
    try before.wait { before.paneWords.contains("has seen no notices") }
    #expect(try before.leave())
    try vault.demand(["notices", "new", "--number", "1", "-o", "notices"])
    try vault.demand(["notices", "apply", "notices"])
    let seat = try Seat(vault, size: size, reviewer: "r08")
    try seat.waitForClip(1)
    try seat.pauseAtStart()
    try seat.expectScreen("offline-\(size.columns)x\(size.rows)")
    #expect(try seat.leave())
  }
}
