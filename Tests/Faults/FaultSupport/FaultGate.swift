// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Lets so many runs at once go on as there are processors, over all sweeps of the tests together.
///
/// Suites run side by side, each with its own sweep; more programs at once than processors make
/// those slow that somebody waits for at a screen.
enum FaultGate {
  private struct State {
    var free = max(2, ProcessInfo.processInfo.activeProcessorCount)
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private static let state = Mutex(State())

  /// Does something once there is a place for it.
  static func pass<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async rethrows -> Value {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.free == 0 {
          state.waiting.append(continuation)
          return false
        }
        state.free -= 1
        return true
      }
      if isFree { continuation.resume() }
    }
    defer {
      let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
        guard !state.waiting.isEmpty else {
          state.free += 1
          return nil
        }
        return state.waiting.removeFirst()
      }
      next?.resume()
    }
    return try await body()
  }
}
