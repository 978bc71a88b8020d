// SPDX-License-Identifier: Apache-2.0

import Sealing

/// Where a seat keeps what it knows about vaults, outside of them.
package struct TrustPlaces: Hashable, Sendable {
  /// The state folder of all vaults; each has a folder there, named by its id.
  package let stateRoot: String
  /// The file by which the seat's administrator pins vaults; it outranks the state folder.
  package let systemFile: String

  /// Names the places; the file may be missing.
  package init(stateRoot: String, systemFile: String = "/etc/milkglass/trust") {
    self.stateRoot = stateRoot
    self.systemFile = systemFile
  }
}

/// The founding lead's fingerprint as it was confirmed on this seat.
package enum TrustPin {
  /// The fingerprint's 32 digits without what people put between them; nil where it is none.
  package static func digits(_ fingerprint: some StringProtocol) -> String? {
    let digits = fingerprint.lowercased().filter { $0 != "-" && $0 != " " }
    return PolicyText.isHexadecimal(digits, digits: 32) ? digits : nil
  }

  /// Whether two fingerprints are the same, however they are written.
  static func matches(_ left: String, _ right: String) -> Bool {
    guard let left = digits(left) else { return false }
    return left == digits(right)
  }

  /// The pin of a vault and the place it was found at; nil where nobody confirmed the vault.
  package static func read(
    _ vault: VaultID, in places: TrustPlaces
  ) throws(VaultError) -> (fingerprint: String, place: String)? {
    if let pin = try systemPin(vault, places.systemFile) { return (pin, places.systemFile) }
    let path = VaultState(root: places.stateRoot, vault: vault).trustFile
    guard let text = try smallText(path) else { return nil }
    guard text.hasSuffix("\n"), let pin = digits(text.dropLast()) else {
      throw .trust(.damaged(path))
    }
    return (pin, path)
  }

  private static func systemPin(
    _ vault: VaultID, _ path: String
  ) throws(VaultError) -> String? {
    guard let text = try smallText(path) else { return nil }
    var pin: String?
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let id = VaultID(text: String(parts[0])), let found = digits(parts[1])
      else { throw .trust(.trustFile(path, line: index + 1)) }
      if id == vault { pin = pin ?? found }
    }
    return pin
  }

  private static func smallText(_ path: String) throws(VaultError) -> String? {
    if case .nothing = VaultDisk.kind(path) { return nil }
    let bytes = try VaultDisk.read(path, limit: 1 << 16)
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .trust(.damaged(path)) }
    return text
  }

  /// Confirms a vault on this seat: the fingerprint must be its founding lead's.
  ///
  /// A pin that stands already is replaced, in the state folder only.
  package static func set(
    _ fingerprint: String, for path: String, _ places: TrustPlaces
  ) throws(VaultError) {
    let layout = VaultLayout(root: path)
    let people = try SignedPolicy.read(layout).peopleStatement()
    let own = people.founderKey.fingerprint
    guard matches(fingerprint, own) else {
      throw .trust(.otherFingerprint(vault: layout.root, fingerprint: own))
    }
    try write(own, VaultState(root: places.stateRoot, vault: people.vault))
  }

  static func write(_ fingerprint: String, _ state: VaultState) throws(VaultError) {
    try state.makeFolder()
    try VaultDisk.put(state.trustFile, Array("\(fingerprint)\n".utf8))
  }
}
