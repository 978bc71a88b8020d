// SPDX-License-Identifier: Apache-2.0

import Dispatch

/// Runs a job's work on so many threads and waits for all.
package func inParallel(_ jobs: Int, _ work: @Sendable (Int) -> Void) {
  DispatchQueue.concurrentPerform(iterations: jobs, execute: work)
}
