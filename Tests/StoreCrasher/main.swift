// SPDX-License-Identifier: Apache-2.0
// A process for the store's tests to kill, to starve of disk, and to run beside another.
import AuditLog
import Glibc
import LabelStore
import Lockdown
import Sealing
import Vocabulary

let now: Int64 = 1_800_000_000_000
let reviewer = ReviewerID("crasher-\(getpid())")

/// Writes a line in one system call, so that a line that was read was written whole.
///
/// The C function is `write`; the bytes live in the array for the call.
func say(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = unsafe bytes.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
}

/// The log's key, the same in the tests.
func signer() -> AuditSigner {
  let seed = SecretBytes(count: 32) { $0.storeBytes(of: 7, toByteOffset: 0, as: UInt8.self) }
  guard let key = try? SigningKey(seed: seed) else { fatalError("32 bytes are a seed") }
  return AuditSigner(vault: String(repeating: "5a", count: 16), key: key)
}

/// A clip's name in the log: its id backwards.
func logName(_ clip: ClipID) -> ClipLogName {
  guard let name = ClipLogName(clip.bytes.reversed()) else { fatalError("an id has 16 bytes") }
  return name
}

/// Writes audit events without end, from beside other processes that do, and says each one's number.
func log(_ store: LabelStore) throws(StoreError) {
  var number: Int64 = 0
  while true {
    number += 1
    try store.record(
      [AuditDraft(.frost, ["number": .number(number)]), AuditDraft(.open)],
      by: AuditActor(reviewer.text), nowMilliseconds: now)
    say("\(reviewer.text) \(number)")
  }
}

func taxonomy() -> Taxonomy {
  let person = Term(
    id: TermID("person"), axis: .moved, key: "p", name: "person", standard: "", isExclusive: false)
  let none = Term(
    id: TermID("level_0"), axis: .level, key: "0", name: "no call", standard: "",
    isExclusive: false)
  return Taxonomy(
    version: "crasher", terms: [person, none], cannotJudgeKey: "c", cannotJudgeReasons: [],
    skipReasons: [])
}

/// Three events that belong together: an append that is torn would show.
func verdict(_ clip: ClipID, from ordinal: Int) -> [LabelEvent] {
  let changes: [LabelChange] = [
    .set(TermID("person"), isConfirmation: false), .set(TermID("level_0"), isConfirmation: true),
    .commit,
  ]
  return changes.enumerated().map { index, change in
    LabelEvent(
      clip: clip, ordinal: ordinal + index, reviewer: reviewer, atMilliseconds: now,
      taxonomyVersion: "crasher", change: change)
  }
}

/// Labels clip after clip without end, and says each verdict only when it is stored.
func label(_ store: LabelStore, _ session: StoreSession) throws(StoreError) {
  var position: Int?
  while true {
    guard
      let row = try store.leaseNext(.any, from: position, session: session, nowMilliseconds: now)
    else {
      position = nil
      continue
    }
    let clip = row.record.id
    session.name(clip, as: logName(clip))
    let events = verdict(clip, from: try store.events(of: clip).count)
    try store.append(events, session: session)
    say("\(clip.text) \(events.count + events[0].ordinal)")
    position = row.position
    if row.position % 3 == 0 { try store.release(clip, session: session) }
  }
}

/// Leases every clip it can get, names each, and stays until its input ends.
func leaseAll(_ store: LabelStore, _ session: StoreSession) throws(StoreError) {
  var position: Int?
  while let row = try store.leaseNext(
    .due, from: position, session: session, nowMilliseconds: now)
  {
    say(row.record.id.text)
    position = row.position
  }
  say("end")
  _ = readLine()
}

/// Appends until the kernel lets no file grow, then once more when it does again.
///
/// The C functions take a pointer to the limits, a local that outlives the calls.
func starve(_ store: LabelStore, _ session: StoreSession) throws(StoreError) {
  guard
    let row = try store.leaseNext(.due, from: nil, session: session, nowMilliseconds: now)
  else { return }
  let clip = row.record.id
  session.name(clip, as: logName(clip))
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit()
  unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  let unlimited = limit
  limit.rlim_cur = 256 * 1024
  unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  var stored = 0
  do {
    while stored < 3000 {
      try store.append(verdict(clip, from: stored), session: session)
      stored += 3
    }
    say("not refused")
  } catch {
    say("refused after \(stored): \(error)")
  }
  limit = unlimited
  unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  try store.append(verdict(clip, from: stored), session: session)
  say("retried \(clip.text) \(stored + 3)")
}

guard CommandLine.arguments.count == 3 else { exit(64) }
let mode = CommandLine.arguments[1]
// Root may write anywhere, so the test of a refusal takes the rights of nobody.
if mode == "open", getuid() == 0, setgid(65_534) != 0 || setuid(65_534) != 0 { exit(71) }
do throws(StoreError) {
  let store = try LabelStore.open(directory: CommandLine.arguments[2], log: signer())
  if mode == "open" {
    say("opened")
    exit(0)
  }
  let session = try store.beginSession(
    AuditActor(reviewer.text), taxonomy: taxonomy(), nowMilliseconds: now)
  switch mode {
  case "label": try label(store, session)
  case "lease": try leaseAll(store, session)
  case "starve": try starve(store, session)
  case "log": try log(store)
  default: exit(64)
  }
} catch {
  say("\(error)")
  exit(74)
}
