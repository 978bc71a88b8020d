// SPDX-License-Identifier: Apache-2.0

import Foundation
import LabelStore
import Synchronization
import Testing

@testable import ReviewSession

@Suite struct StoreWorkerTests {
  /// A store in a folder of its own, gone with the test.
  final class Scratch {
    let folder = NSTemporaryDirectory() + "worker-\(UUID().uuidString)"
    let store: LabelStore

    init() throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      store = try LabelStore.open(directory: folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
  }

  @Test func jobsRunInOrderOffTheCallersThread() throws {
    let scratch = try Scratch()
    let worker = try StoreWorker(store: scratch.store)
    let here = pthread_self()
    let isElsewhere = Mutex(true)
    let ran = Mutex<[Int]>([])
    var delivered: [Int] = []
    for number in 0..<50 {
      worker.submit { _ throws(StoreError) in
        if pthread_equal(here, pthread_self()) != 0 { isElsewhere.withLock { $0 = false } }
        ran.withLock { $0.append(number) }
        return number
      } completion: { result in
        if case .success(let value) = result { delivered.append(value) }
      }
    }
    #expect(delivered.isEmpty, "completions come from deliver alone")
    worker.drain(milliseconds: 10_000)
    #expect(delivered == Array(0..<50))
    #expect(ran.withLock { $0 } == Array(0..<50))
    #expect(isElsewhere.withLock { $0 })
    #expect(!worker.isBusy)
  }

  @Test func errorsComeBackTyped() throws {
    let scratch = try Scratch()
    let worker = try StoreWorker(store: scratch.store)
    var errors: [StoreError] = []
    worker.submit { _ throws(StoreError) -> Int in
      throw .full
    } completion: { result in
      if case .failure(let error) = result { errors.append(error) }
    }
    worker.drain(milliseconds: 10_000)
    #expect(errors == [.full])
  }

  @Test func drainingGivesUpInTime() throws {
    let scratch = try Scratch()
    let worker = try StoreWorker(store: scratch.store)
    let gate = DispatchSemaphore(value: 0)
    worker.submit { _ throws(StoreError) in
      gate.wait()
    } completion: { _ in
    }
    worker.drain(milliseconds: 20)
    #expect(worker.isBusy)
    gate.signal()
    worker.drain(milliseconds: 10_000)
    #expect(!worker.isBusy)
  }
}
