// SPDX-License-Identifier: Apache-2.0

/// The highest versions of a vault's policy and list of people that were in force on this seat.
///
/// Shape of the file: `policy N`, `people N`, each on a line of its own.
struct SeenVersions: Hashable, Sendable {
  /// Zero where none was seen.
  var policy = 0
  /// Zero where none was seen.
  var people = 0

  var text: String { "policy \(policy)\npeople \(people)\n" }

  /// Reads the file; zeros where there is none.
  static func read(_ state: VaultState) throws(VaultError) -> SeenVersions {
    let path = state.seenFile
    if case .nothing = VaultDisk.kind(path) { return SeenVersions() }
    let bytes = try VaultDisk.read(path, limit: 256)
    var lines = StatementLines(String(decoding: bytes, as: UTF8.self), file: path)
    do throws(TrustDefect) {
      let seen = SeenVersions(policy: try lines.count("policy"), people: try lines.count("people"))
      try lines.end()
      return seen
    } catch { throw .trust(error) }
  }

  /// Refuses versions below those seen, and keeps higher ones where the state folder lets it.
  static func check(
    _ found: SeenVersions, in state: VaultState
  ) throws(VaultError) {
    let seen = try read(state)
    guard found.policy >= seen.policy else {
      throw .trust(.older(version: found.policy, seen: seen.policy))
    }
    guard found.people >= seen.people else {
      throw .trust(.olderPeople(version: found.people, seen: seen.people))
    }
    guard found != seen else { return }
    // A state folder that cannot be written to is no reason to keep a reviewer out: the versions
    // are good, and whoever can write there keeps them at the next opening.
    try? VaultDisk.put(state.seenFile, Array(found.text.utf8))
  }
}
