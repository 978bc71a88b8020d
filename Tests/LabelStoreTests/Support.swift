// SPDX-License-Identifier: Apache-2.0
import AuditLog
import Foundation
import Glibc
import LabelStore
import Lockdown
import Sealing
import Synchronization
import Vocabulary

let now: Int64 = 1_800_000_000_000

/// The time of leases, which stands still but for what a test adds.
final class TestClock: Sendable {
  private let milliseconds = Mutex(LeaseClock.sinceStart.milliseconds())

  var leases: LeaseClock { LeaseClock { self.milliseconds.withLock { $0 } } }

  func advance(by step: Int64) { milliseconds.withLock { $0 += step } }
}

/// A store's directory that goes when the test does.
final class Scratch {
  let directory: String
  let clock = TestClock()

  init() throws {
    directory = NSTemporaryDirectory() + "labels-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  var file: String { directory + "/" + LabelStore.fileName }

  func open() throws(StoreError) -> LabelStore {
    try LabelStore.open(directory: directory, log: signer, leaseClock: clock.leases)
  }

  func lockFiles() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).filter {
      $0.hasSuffix(".lock")
    }
  }
}

/// The log's key, the same in `StoreCrasher`.
let signer: AuditSigner = {
  let seed = SecretBytes(count: 32) { $0.storeBytes(of: 7, toByteOffset: 0, as: UInt8.self) }
  guard let key = try? SigningKey(seed: seed) else { fatalError("32 bytes are a seed") }
  return AuditSigner(vault: String(repeating: "5a", count: 16), key: key)
}()

let lead = AuditActor("lead-1")

func logName(_ clip: ClipID) -> ClipLogName {
  guard let name = ClipLogName(clip.bytes.reversed()) else { fatalError("an id has 16 bytes") }
  return name
}

func named(_ number: Int) -> NamedClip { NamedClip(clipID(number), logName(clipID(number))) }

func clipID(_ number: Int) -> ClipID { ClipID(high: 0xC11F, low: UInt64(number)) }

func record(_ number: Int) -> ClipRecord {
  ClipRecord(
    id: clipID(number), source: .customerFeedback, consent: "consent-\(number)",
    camera: CameraID("porch-\(number % 3)"), recordedAt: "2026-01-14T22:15:00+01:00",
    alert: CameraAlert(label: "person", score: 0.5, model: "m"),
    predictions: [Prediction(term: TermID("animal"), score: 0.25)],
    facts: ClipFacts(
      size: PixelSize(width: 640, height: 360), pixelAspect: .one,
      duration: MediaTime(milliseconds: 20_000), frameCount: 500, frameRate: Ratio(25, 1),
      codec: "h264", greys: .even), ingestedAtMilliseconds: now)
}

func records(_ numbers: Range<Int>) -> [ClipRecord] { numbers.map(record) }

let taxonomy: Taxonomy = {
  func term(_ id: String, _ axis: Axis, _ key: Character, exclusive: Bool = false) -> Term {
    Term(id: TermID(id), axis: axis, key: key, name: id, standard: "", isExclusive: exclusive)
  }
  return Taxonomy(
    version: "test-1",
    terms: [
      term("person", .moved, "p"), term("animal", .moved, "a"),
      term("nothing", .moved, "n", exclusive: true), term("transit", .happened, "t"),
      term("level_0", .level, "0"), term("level_1", .level, "1"),
    ], cannotJudgeKey: "c", cannotJudgeReasons: [Reason(id: "dark", key: "1", name: "dark")],
    skipReasons: [Reason(id: "busy", key: "1", name: "busy")])
}()

extension StoreSession {
  func end() throws(StoreError) { try end(nowMilliseconds: now) }
}

extension LabelStore {
  /// Takes clips in, each of its own subject, for a week.
  func add(_ records: [ClipRecord]) throws(StoreError) {
    try add(
      records.map { record in
        NewClip(
          record, subject: "subject-\(record.consent)", logName: logName(record.id),
          expiresAtMilliseconds: now + 7 * 86_400_000)
      }, by: lead, nowMilliseconds: now)
  }

  /// The events of the log.
  func log(_ filter: AuditFilter = AuditFilter()) throws -> [AuditEvent] {
    var events: [AuditEvent] = []
    try forEachAuditEvent(filter) {
      events.append($0)
      return true
    }
    return events
  }

  /// What `verify` says of the log; nil where it is sound.
  func fault(against kept: Checkpoint? = nil) throws(StoreError) -> AuditFault? {
    switch try verifyLog(vault: signer.vault, key: signer.key.publicKey, against: kept) {
    case .success: nil
    case .failure(let fault): fault
    }
  }

  func begin(_ reviewer: String = "r07") throws(StoreError) -> StoreSession {
    try beginSession(AuditActor(reviewer), taxonomy: taxonomy, nowMilliseconds: now)
  }

  /// Leases a clip and appends changes after what it has.
  func label(
    _ clip: ClipID, _ changes: [LabelChange], _ session: StoreSession, at time: Int64 = now
  ) throws(StoreError) {
    _ = try lease(clip, session: session, nowMilliseconds: time)
    session.name(clip, as: logName(clip))
    let first = try events(of: clip).count
    try append(
      changes.enumerated().map { index, change in
        LabelEvent(
          clip: clip, ordinal: first + index, reviewer: session.reviewer, atMilliseconds: time,
          taxonomyVersion: taxonomy.version, change: change)
      }, session: session)
  }
}

let judged: [LabelChange] = [
  .set(TermID("person"), isConfirmation: false), .set(TermID("level_0"), isConfirmation: false),
  .commit,
]

/// A running `StoreCrasher`.
final class Crasher {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var pending: [UInt8] = []

  init(_ mode: String, _ directory: String) throws {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let folder = URL(fileURLWithPath: own).deletingLastPathComponent()
    process.executableURL = folder.appendingPathComponent("StoreCrasher")
    process.arguments = [mode, directory]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// The next line it writes; nil at its end.
  func line() -> String? {
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeSubrange(...end)
        return line
      }
      let bytes = output.fileHandleForReading.availableData
      if bytes.isEmpty { return nil }
      pending += bytes
    }
  }

  /// All that is left to read, until its end.
  func lines() -> [String] {
    var lines: [String] = []
    while let line = line() { lines.append(line) }
    return lines
  }

  /// Ends it as nothing else does; true where that is what ended it.
  func kill9() -> Bool {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
  }

  /// Ends its input and waits; its exit status.
  func finish() throws -> Int32 {
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
