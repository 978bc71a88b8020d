// SPDX-License-Identifier: Apache-2.0

import StrictTOML
package import Vocabulary

/// A vault as its policy describes it: where it lies, its taxonomy, cameras and rules.
package struct Vault: Hashable, Sendable {
  package let layout: VaultLayout
  package let taxonomy: Taxonomy
  package let cameras: CameraBook
  package let policy: Policy

  /// Makes a new vault and opens it.
  ///
  /// The folder may be missing, empty, or a vault whose making was interrupted. `cameras` is the
  /// text of `cameras.toml`; nil gives one staff test camera, `bench`.
  package static func initialise(
    at path: String, policy: Policy = Policy(), cameras: String? = nil
  ) throws(VaultError) -> Vault {
    let layout = VaultLayout(root: path)
    try refuseOccupied(layout)
    let cameras = cameras ?? CamerasFile.initial
    _ = try checked { () throws(PolicyFileError) in try CamerasFile.parse(cameras) }
    for folder in [layout.root] + layout.folders { try VaultDisk.makeFolder(folder) }
    // `policy.toml` comes last: it marks the vault as finished.
    let files = [
      (layout.taxonomyFile, DefaultTaxonomy.text),
      (layout.camerasFile, cameras),
      (layout.policyFile, PolicyFile.text(policy)),
    ]
    for (file, text) in files {
      let incoming = file + ".incoming"
      try VaultDisk.remove(incoming)
      try VaultDisk.writeNew(incoming, Array(text.utf8))
      try VaultDisk.move(incoming, to: file)
      try VaultDisk.syncFolder(layout.policy)
    }
    try VaultDisk.syncFolder(layout.root)
    return try open(path)
  }

  /// Opens a vault: reads its three policy files strictly.
  package static func open(_ path: String) throws(VaultError) -> Vault {
    let layout = VaultLayout(root: path)
    for folder in layout.folders {
      guard case .folder = VaultDisk.kind(folder) else { throw .notAVault(layout.root) }
    }
    guard case .file = VaultDisk.kind(layout.policyFile) else { throw .notAVault(layout.root) }
    let taxonomy = try text(layout.taxonomyFile)
    let cameras = try text(layout.camerasFile)
    let policy = try text(layout.policyFile)
    return try checked { () throws(PolicyFileError) in
      Vault(
        layout: layout, taxonomy: try TaxonomyFile.parse(taxonomy),
        cameras: try CamerasFile.parse(cameras), policy: try PolicyFile.parse(policy))
    }
  }

  private static func refuseOccupied(_ layout: VaultLayout) throws(VaultError) {
    switch VaultDisk.kind(layout.root) {
    case .nothing: return
    case .file, .other: throw .notEmpty(layout.root)
    case .folder: break
    }
    if case .file = VaultDisk.kind(layout.policyFile) { throw .alreadyAVault(layout.root) }
    let ours: Set<String> = ["clips", "keys", "policy", "store"]
    let names = try VaultDisk.names(layout.root)
    guard ours.isSuperset(of: names) else { throw .notEmpty(layout.root) }
    for folder in [layout.clips, layout.keys, layout.store] {
      if case .folder = VaultDisk.kind(folder), !(try VaultDisk.names(folder)).isEmpty {
        throw .notEmpty(layout.root)
      }
    }
  }

  private static func text(_ path: String) throws(VaultError) -> String {
    let bytes = try VaultDisk.read(path, limit: TOMLDocument.byteLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      throw .policy(PolicyFileError(file: name, message: "is not UTF-8 text"))
    }
    return text
  }

  private static func checked<Value>(
    _ body: () throws(PolicyFileError) -> Value
  ) throws(VaultError) -> Value {
    do { return try body() } catch { throw .policy(error) }
  }
}
