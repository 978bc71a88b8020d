// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import DecoderLink
internal import Lockdown

/// Carries out erasures that a lead orders at a desk, in a process of its own: the one with the
/// screen may change neither clips nor keys.
package final class ErasureHelper {
  /// Rung for each order; nil once it is to end.
  private var requests: Bell?
  private let process: SideProcess

  /// Starts it, with the rights of `housekeeping`, while this process is not locked yet and has no
  /// key.
  package init(_ entrance: Entrance) throws(SessionError) {
    let requests = try Bell()
    self.requests = requests
    do {
      process = try SideProcess(closing: [requests.writing.number]) {
        Self.work(entrance, requests)
      }
    } catch { throw .noResources(error) }
  }

  /// Ends it once it is done with what it was told.
  deinit {
    requests = nil
    _ = process.wait()
  }

  /// Has everything erased whose erasure was ordered; what cannot be now is, when it is told again
  /// or by the next housekeeping.
  func start() { requests?.ring() }

  /// In the process of its own; the store says what came of it.
  private static func work(_ entrance: Entrance, _ requests: Bell) -> [UInt8] {
    guard let entry = try? entrance.open(for: .housekeeping) else { return [] }
    while requests.wait() { try? entry.finishOrdered() }
    return []
  }
}

extension VaultEntry {
  /// Carries out the erasures that were ordered, and no others.
  fileprivate func finishOrdered() throws(SessionError) {
    _ = try whileLocked { (store) throws(SessionError) in try finishErasures(in: store) { _ in } }
  }
}
