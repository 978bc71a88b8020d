// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import LabelStore
internal import Synchronization

/// Runs everything that touches the disk on a thread of its own and hands results back to the poll
/// loop, so that a slow `fsync` never holds up a key or a picture.
///
/// Jobs run one at a time, in the order they were given. Used from the poll loop's thread only.
final class StoreWorker {
  /// Becomes readable when a result waits.
  let fileDescriptor: Int32

  private let shared: Shared
  private var completions: [Int: (any Sendable) -> Void] = [:]
  private var nextTicket = 0

  /// What both threads see.
  private final class Shared: Sendable {
    let store: LabelStore
    let jobs = Mutex<[(ticket: Int, run: @Sendable (LabelStore) -> any Sendable)]>([])
    let results = Mutex<[(ticket: Int, value: any Sendable)]>([])
    let jobBell: Bell
    let resultBell: Bell

    init(store: LabelStore, jobBell: Bell, resultBell: Bell) {
      self.store = store
      self.jobBell = jobBell
      self.resultBell = resultBell
    }
  }

  /// Starts the thread over an open store.
  init(store: LabelStore) throws(SessionError) {
    let shared = Shared(store: store, jobBell: try Bell(), resultBell: try Bell())
    self.shared = shared
    fileDescriptor = shared.resultBell.fileDescriptor
    let thread = Thread { Self.serve(shared) }
    thread.name = "store"
    thread.start()
  }

  /// Whether results are still to come.
  var isBusy: Bool { !completions.isEmpty }

  /// Gives a job to the thread; `completion` is called later by `deliver`, on the caller's thread.
  func submit<Value: Sendable>(
    _ job: @escaping @Sendable (LabelStore) throws(StoreError) -> Value,
    completion: @escaping (Result<Value, StoreError>) -> Void
  ) {
    let ticket = nextTicket
    nextTicket += 1
    completions[ticket] = { value in
      if let result = value as? Result<Value, StoreError> { completion(result) }
    }
    shared.jobs.withLock { jobs in
      jobs.append(
        (
          ticket,
          { store in Result { () throws(StoreError) -> Value in try job(store) } }
        ))
    }
    shared.jobBell.ring()
  }

  /// Calls the completions of all results that wait; call it when `fileDescriptor` is readable.
  func deliver() {
    let results = shared.results.withLock { results in
      defer { results = [] }
      return results
    }
    for result in results {
      _ = shared.resultBell.wait()
      completions.removeValue(forKey: result.ticket)?(result.value)
    }
  }

  /// Waits until every job is done and delivered, for leaving; gives up after `milliseconds`.
  func drain(milliseconds: Int64) {
    let deadline = SessionClock.monotonicMilliseconds + milliseconds
    while isBusy {
      let left = deadline - SessionClock.monotonicMilliseconds
      guard left > 0 else { return }
      if !Waiting.readable([fileDescriptor], milliseconds: left).isEmpty { deliver() }
    }
  }

  private static func serve(_ shared: Shared) {
    while shared.jobBell.wait() {
      guard let job = shared.jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
        continue
      }
      let value = job.run(shared.store)
      shared.results.withLock { $0.append((job.ticket, value)) }
      shared.resultBell.ring()
    }
  }
}
