// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// What a fault led to.
package struct FaultOutcome: Sendable, CustomStringConvertible {
  package let kind: FaultKind
  /// The call at which it fired.
  package let call: FaultCall
  package let end: ProgramEnd
  /// Where it happened, as the program left it.
  package let scene: FaultScene

  package var description: String { "\(kind.rawValue) at \(call), end \(end)" }
}

/// Runs a program again and again, each time with a fault at another of its calls.
package struct FaultSweep: Sendable {
  /// Starts the program in a scene with the plan's environment and waits for its end.
  package typealias Drive = @Sendable (FaultScene, FaultPlan) async throws -> ProgramEnd

  /// What each run starts from.
  private let original: FaultScene
  /// The scene's folders whose changes count.
  private let folders: [String]
  private let isArmed: Bool
  private let isSteady: Bool
  private let isByTurns: @Sendable (FaultCall) -> Bool
  private let sample: Int?
  private let drive: Drive

  /// Sweeps over a run that `drive` drives.
  ///
  /// Where `isArmed` is false, calls count from the plan's `arm()` on. A run that makes its calls
  /// in an order of its own each time is not `isSteady`: a fault may then miss, but one of each
  /// kind must fire. At calls that are `isByTurns` only one kind of fault is tried, by turns, but
  /// in a soak: for what somebody else has tested, as SQLite its own files. Of all that there is to
  /// try, a `sample` of so many is taken, but in a soak: the first, the last, one of each kind, and
  /// others as a seed has it.
  package init(
    from original: FaultScene, watching folders: [String], isArmed: Bool = true,
    isSteady: Bool = true, isByTurns: @escaping @Sendable (FaultCall) -> Bool = Self.isSQLite,
    sample: Int? = nil, drive: @escaping Drive
  ) {
    self.original = original
    self.folders = folders
    self.isArmed = isArmed
    self.isSteady = isSteady
    self.isByTurns = isByTurns
    self.sample = sample
    self.drive = drive
  }

  /// Sweeps over a run of `milkglass` with these arguments.
  package init(
    of arguments: [String], input: String = "", from original: FaultScene,
    watching folders: [String], sample: Int? = nil
  ) {
    self.init(from: original, watching: folders, sample: sample) { scene, plan in
      try await scene.milkglass(arguments, input: input, extra: plan.environment)
    }
  }

  /// Whether a call is on a database, its logs or the folder they lie in.
  package static let isSQLite: @Sendable (FaultCall) -> Bool = { call in
    call.path.contains(".sqlite") || call.path.hasSuffix("/store")
  }

  /// Whether everything is tried (`make soak`).
  package static let isSoak = ProcessInfo.processInfo.environment["MILKGLASS_SOAK"] == "1"

  /// Tries each kind of fault at each call and hands over each outcome, two at a time.
  ///
  /// Of calls in a row that do the same to the same file the first and the last are tried;
  /// `killHalf` and `fail` by turns; and `killAfter` at the last call alone, since elsewhere it
  /// leaves what `killBefore` leaves at the next one. In a soak everything is tried.
  ///
  /// - Returns: how many faults fired.
  /// - Throws: `FaultError` where the run without faults ends badly or changes files unseen, where
  ///   a fault did not fire, and with all that `check` threw.
  @discardableResult
  package func run(
    _ kinds: [FaultKind] = FaultKind.allCases,
    check: @escaping @Sendable (FaultOutcome) async throws -> Void
  ) async throws -> Int {
    let calls = try await baseline()
    let jobs = jobs(kinds, calls)
    if let kind = kinds.first, jobs.isEmpty { throw FaultError.neverFired(kind) }
    var results = try await withThrowingTaskGroup { group in
      var next = 0
      var results: [JobResult] = []
      while results.count < jobs.count {
        while next < jobs.count, next < results.count + 2 {
          let job = jobs[next]
          next += 1
          group.addTask {
            await FaultGate.pass { await self.result(job.kind, at: job.call, check) }
          }
        }
        if let result = try await group.next() { results.append(result) }
      }
      return results
    }
    if !isSteady { results += await secondTries(kinds, calls, results, check) }
    let complaints = results.compactMap(\.complaint)
    guard complaints.isEmpty else { throw FaultError.outcomes(complaints) }
    for kind in Set(jobs.map(\.kind)) where !results.contains(where: { $0.firedKind == kind }) {
      throw FaultError.neverFired(kind)
    }
    return results.count { $0.firedKind != nil }
  }

  /// Tries kinds that missed wherever they were tried, at one call after the other until they hit.
  private func secondTries(
    _ kinds: [FaultKind], _ calls: [FaultCall], _ results: [JobResult],
    _ check: @escaping @Sendable (FaultOutcome) async throws -> Void
  ) async -> [JobResult] {
    var tries: [JobResult] = []
    for kind in kinds where !results.contains(where: { $0.firedKind == kind }) {
      for call in calls.filter(kind.applies).prefix(12) {
        let result = await FaultGate.pass { await self.result(kind, at: call, check) }
        tries.append(result)
        if result.firedKind != nil || result.complaint != nil { break }
      }
    }
    return tries
  }

  private typealias Job = (kind: FaultKind, call: FaultCall)

  private func jobs(_ kinds: [FaultKind], _ calls: [FaultCall]) -> [Job] {
    if Self.isSoak {
      return kinds.flatMap { kind in calls.filter(kind.applies).map { (kind, $0) } }
    }
    var jobs: [Job] = []
    var turn = 0
    // SQLite's index of its log is made anew after a crash, whatever it holds.
    for call in Self.thinned(calls.filter { !$0.path.hasSuffix("-shm") }) {
      let due = kinds.filter { $0 != .killAfter && $0.applies(to: call) }
      let always = isByTurns(call) ? [] : due.filter { $0 == .killBefore || $0 == .full }
      let others = due.filter { !always.contains($0) }
      jobs += always.map { ($0, call) }
      if !others.isEmpty {
        jobs.append((others[turn % others.count], call))
        turn += 1
      }
    }
    // A run that varies may well end before the last call of another one.
    let last = isSteady ? calls.last : calls.dropLast(calls.count / 2).last
    if kinds.contains(.killAfter), let last { jobs.append((.killAfter, last)) }
    return sampled(jobs)
  }

  private func sampled(_ jobs: [Job]) -> [Job] {
    guard let sample, jobs.count > sample else { return jobs }
    var chosen: Set<Int> = [0, jobs.count - 1]
    for kind in FaultKind.allCases {
      if let index = jobs.firstIndex(where: { $0.kind == kind }) { chosen.insert(index) }
    }
    var random = SeededGenerator(seed: UInt64(jobs.count))
    let rest = jobs.indices.shuffled(using: &random)
    // Most of them at our own files: SQLite's are tested by those who made it.
    let own = rest.filter { !isByTurns(jobs[$0].call) }
    for index in own where chosen.count < sample * 3 / 4 { chosen.insert(index) }
    for index in rest where chosen.count < sample { chosen.insert(index) }
    return chosen.sorted().map { jobs[$0] }
  }

  /// Runs it without a fault and tells what a loss of power could undo or mix up (`SyncOrder`).
  package func orderViolations() async throws -> [String] {
    let run = try await FaultGate.pass { try await trace() }
    return SyncOrder(run.calls, present: run.present).violations
  }

  /// Runs it without a fault and gives its calls.
  package func baseline() async throws -> [FaultCall] {
    try await FaultGate.pass { try await trace() }.calls
  }

  /// `present` are the paths that were there before.
  private func trace() async throws -> (calls: [FaultCall], present: Set<String>) {
    let scene = try FaultScene(copying: original)
    let before = try scene.contents(folders)
    let plan = try FaultPlan(nil, in: scene, folders: folders, isArmed: isArmed)
    let end = try await drive(scene, plan)
    guard end.code == 0 else { throw FaultError.badBaseline(end) }
    let report = try plan.report()
    var unseen = report.blindSpots
    if isArmed {
      unseen += SeenChanges.unexplained(
        from: before, to: try scene.contents(folders), calls: report.calls)
    }
    guard unseen.isEmpty else { throw FaultError.unexplained(unseen) }
    return (report.calls, Set(before.keys))
  }

  private struct JobResult: Sendable {
    var firedKind: FaultKind?
    var complaint: String?
  }

  private func result(
    _ kind: FaultKind, at call: FaultCall, _ check: @Sendable (FaultOutcome) async throws -> Void
  ) async -> JobResult {
    var result = JobResult()
    do {
      let scene = try FaultScene(copying: original)
      let plan = try FaultPlan((kind, call.number), in: scene, folders: folders, isArmed: isArmed)
      let end = try await drive(scene, plan)
      let report = try plan.report()
      guard report.fired.contains(call.number), call.number <= report.calls.count else {
        if isSteady { result.complaint = "\(kind.rawValue) did not fire at \(call): \(end)" }
        return result
      }
      result.firedKind = kind
      let outcome = FaultOutcome(
        kind: kind, call: report.calls[call.number - 1], end: end, scene: scene)
      if kind.isKill, end.code != -9 {
        result.complaint = "not killed: \(outcome)"
        return result
      }
      do { try await check(outcome) } catch { result.complaint = "\(outcome): \(error)" }
    } catch {
      result.complaint = "\(kind.rawValue) at \(call): \(error)"
    }
    return result
  }

  /// Of each row of calls that do the same to the same file, the first and the last.
  static func thinned(_ calls: [FaultCall]) -> [FaultCall] {
    func same(_ one: Int, _ other: Int) -> Bool {
      guard calls.indices.contains(one), calls.indices.contains(other) else { return false }
      return calls[one].operation == calls[other].operation && calls[one].path == calls[other].path
    }
    return calls.indices.filter { !(same($0 - 1, $0) && same($0, $0 + 1)) }.map { calls[$0] }
  }
}
