// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import Synchronization

/// Holds the door to a vault's clips while somebody is signed in, and nothing while the session is
/// locked: with the door go the person's keys and the vault's.
final class DoorKeeper: Sendable {
  private let held: Mutex<ClipDoor?>

  /// Begins with a door.
  init(_ door: ClipDoor) { held = Mutex(door) }

  /// Nil while the session is locked.
  var door: ClipDoor? { held.withLock { $0 } }

  /// Lets go of the door; a clip that is being opened just now is the last.
  func close() { held.withLock { $0 = nil } }

  /// Holds another door.
  func open(_ door: ClipDoor) { held.withLock { $0 = door } }
}
