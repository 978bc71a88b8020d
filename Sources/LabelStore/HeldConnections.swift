// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Connections that stay until the process ends, in a process that is locked.
///
/// A connection of GRDB that goes leaves work to Dispatch, which starts threads for it and watches
/// them by their files in `/proc`; where those cannot be read, it ends the process. What a connection
/// has written is on disk without its being closed.
package enum HeldConnections {
  private static let held = Mutex<[any Sendable]?>(nil)

  /// Holds all connections from now on.
  package static func begin() { held.withLock { $0 = $0 ?? [] } }

  /// Whether they are held.
  static var isHolding: Bool { held.withLock { $0 != nil } }

  /// Holds one, if they are held.
  static func hold(_ connection: any Sendable) { held.withLock { $0?.append(connection) } }
}
