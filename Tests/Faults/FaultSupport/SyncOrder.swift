// SPDX-License-Identifier: Apache-2.0

/// Tells from a run's calls what a loss of power could undo or mix up that must not be.
///
/// A file gets its name only when its bytes are synced; its folder is synced before the run ends;
/// and nothing is destroyed while what replaces it could still be lost. SQLite keeps its own order,
/// except that what it wrote must be synced before a destruction as well.
package struct SyncOrder {
  /// What is wrong, a line each, in order of the calls.
  package private(set) var violations: [String] = []

  /// Files with bytes that are not synced.
  private var unsyncedBytes: Set<String> = []
  /// Folders with names that are not synced, each with the call that changed them.
  private var unsyncedNames: [String: FaultCall] = [:]
  /// What lies below the watched folders now.
  private var present: Set<String>
  /// What this run made.
  private var made: Set<String> = []

  /// Goes through a run's calls; `present` are the paths that were there before it.
  package init(_ calls: [FaultCall], present: Set<String>) {
    self.present = present
    for call in calls where !Self.isTransient(call.path) { take(call) }
    for (folder, call) in unsyncedNames.sorted(by: { $0.value.number < $1.value.number }) {
      violations.append("\(folder) was not synced after \(call)")
    }
    for file in unsyncedBytes.sorted() where present.contains(file) && !Self.isSQLite(file) {
      violations.append("\(file) was not synced")
    }
  }

  private mutating func take(_ call: FaultCall) {
    switch call.operation {
    case .create, .mkdir, .link:
      let path = call.operation == .link ? call.newPath : call.path
      guard present.insert(path).inserted else { return }
      made.insert(path)
      changeNames(path, call)
    case .truncate where call.path.hasSuffix("-wal") && call.size == 0:
      // SQLite empties its log once the database holds and has synced all of it; were that lost, the
      // log would be replayed.
      unsyncedBytes.remove(call.path)
    case .write, .truncate:
      if !made.contains(call.path), !Self.isSQLite(call.path) { checkDestruction(call) }
      unsyncedBytes.insert(call.path)
    case .sync:
      unsyncedBytes.remove(call.path)
      unsyncedNames[call.path] = nil
    case .rename: rename(call)
    case .unlink:
      guard present.remove(call.path) != nil else { return }
      if !made.contains(call.path), !Self.isIncoming(call.path) { checkDestruction(call) }
      unsyncedBytes.remove(call.path)
      unsyncedNames[call.path] = nil
      changeNames(call.path, call)
    }
  }

  private mutating func rename(_ call: FaultCall) {
    let inside = call.path + "/"
    if unsyncedBytes.contains(where: { $0 == call.path || $0.hasPrefix(inside) }) {
      violations.append("not all bytes are synced before \(call)")
    }
    if unsyncedNames[call.path] != nil {
      violations.append("not all names in it are synced before \(call)")
    }
    for path in present where path == call.path || path.hasPrefix(inside) {
      let newPath = call.newPath + path.dropFirst(call.path.count)
      present.remove(path)
      present.insert(newPath)
      if made.contains(path) { made.insert(newPath) } else { made.remove(newPath) }
    }
    changeNames(call.path, call)
    changeNames(call.newPath, call)
  }

  /// At a destruction of what was there before the run, whatever was written is durable.
  private mutating func checkDestruction(_ call: FaultCall) {
    guard Self.isKey(call.path) else { return }
    for file in unsyncedBytes.sorted() where file != call.path {
      violations.append("\(file) is not synced before \(call)")
    }
    for (folder, change) in unsyncedNames where folder != Self.folder(call.path) {
      violations.append("\(folder) is not synced after \(change) before \(call)")
    }
  }

  private mutating func changeNames(_ path: String, _ call: FaultCall) {
    // What lies outside of the watched folders is not seen to be synced either.
    let folder = Self.folder(path)
    guard !Self.isSQLite(path), present.contains(folder) else { return }
    unsyncedNames[folder] = call
  }

  private static func folder(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private static func name(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  private static func isSQLite(_ path: String) -> Bool { name(path).contains(".sqlite") }
  private static func isIncoming(_ path: String) -> Bool { name(path).hasPrefix(".incoming") }
  /// What holds nothing that has to outlive a loss of power.
  private static func isTransient(_ path: String) -> Bool {
    name(path) == ".lock" || path.hasSuffix("-shm")
  }
  /// An epoch's identity, a row's file or a clip: gone for good when it is gone.
  private static func isKey(_ path: String) -> Bool {
    name(path).hasPrefix("epoch-") || name(path).hasPrefix("row-") || path.contains("/clips/")
  }
}
