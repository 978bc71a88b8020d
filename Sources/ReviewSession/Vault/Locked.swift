// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import LabelStore
internal import Lockdown

/// Proof that this process can do no more than a command needs: nothing reaches a key or the store
/// without it.
package struct Locked: Sendable {
  /// Where the command's places lie; nil where nothing was locked.
  private let places: CommandPlaces?
  private let row: CommandConfinement.Row
  private let sockets: [Int32]
  /// What was found out about the seat before the lock; nil where it may be looked at still.
  let seatReport: SeatReport?

  /// Leaves this process as it is: for measuring and for tests, which do many things in one process.
  ///
  /// No program uses it; a test of the sources holds that.
  package static let unconfined = Locked(
    places: nil, row: [:], sockets: [], seatReport: nil)

  private init(
    places: CommandPlaces?, row: CommandConfinement.Row, sockets: [Int32], seatReport: SeatReport?
  ) {
    self.places = places
    self.row = row
    self.sockets = sockets
    self.seatReport = seatReport
  }

  /// Locks this process, for good, to a row of the table.
  ///
  /// `decoders` is what a command has started that decodes, or asks about its terminal.
  ///
  /// - Throws: where another thread runs already, or the kernel refuses.
  init(
    to row: CommandConfinement.Row, at places: CommandPlaces, decoders: Decoders?,
    seatReport: SeatReport?
  ) throws(SessionError) {
    let sockets = decoders?.sockets ?? []
    try Self.confine(row, places, sockets)
    var report = seatReport
    report?.lock = .current
    self.init(places: places, row: row, sockets: sockets, seatReport: report)
  }

  /// Locks a process that describes the clips of a folder and touches no vault.
  package static func lock(
    forManifestIn folder: String, decoders: Decoders
  ) throws(SessionError) {
    // The name stands for any file in it.
    let places = CommandPlaces(outputs: [folder + "/manifest"])
    _ = try Locked(
      to: CommandConfinement.row(.manifestNew), at: places, decoders: decoders, seatReport: nil)
  }

  /// Narrows the right to the state folder, once it is known whose vault it is, to the vault's part.
  func narrowed(to state: VaultState) throws(SessionError) -> Locked {
    guard var places, row[.state] != nil else { return self }
    places.state = state.folder
    try Self.confine(row, places, sockets)
    return Locked(places: places, row: row, sockets: sockets, seatReport: seatReport)
  }

  private static func confine(
    _ row: CommandConfinement.Row, _ places: CommandPlaces, _ sockets: [Int32]
  ) throws(SessionError) {
    let files = try places.rights(row)
    ProgramStart.endNameServices()
    HeldConnections.begin()
    do { try ProcessLock.confine(to: Confinement(files: files, sockets: sockets)) } catch {
      throw .noResources(error)
    }
  }
}
