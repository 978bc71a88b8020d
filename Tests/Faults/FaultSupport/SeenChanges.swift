// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Tells whether the fault library saw every change that a run made on disk.
enum SeenChanges {
  /// The changes between two states of the watched folders that no call explains.
  ///
  /// SQLite's index of its log is mapped memory and may change unseen: it is made anew after a
  /// crash.
  static func unexplained(
    from before: [String: Data], to after: [String: Data], calls: [FaultCall]
  ) -> [String] {
    var made: Set<String> = []
    var removed: Set<String> = []
    var changed: Set<String> = []
    for call in calls {
      switch call.operation {
      case .create, .mkdir: made.insert(call.path)
      case .link: made.insert(call.newPath)
      case .rename:
        made.insert(call.newPath)
        removed.insert(call.path)
      case .unlink: removed.insert(call.path)
      case .write, .truncate: changed.insert(call.path)
      case .sync: break
      }
    }
    var complaints: [String] = []
    for path in Set(before.keys).union(after.keys).sorted() where !path.hasSuffix("-shm") {
      switch (before[path], after[path]) {
      case (nil, _?): if !made.contains(path) { complaints.append("\(path) was made") }
      case (_?, nil): if !removed.contains(path) { complaints.append("\(path) was removed") }
      case (let old?, let new?) where old != new:
        if !changed.contains(path), !made.contains(path) { complaints.append("\(path) changed") }
      default: break
      }
    }
    return complaints
  }
}
