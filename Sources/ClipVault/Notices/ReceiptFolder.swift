// SPDX-License-Identifier: Apache-2.0

/// The erasure receipts of a vault: `store/receipts/NUMBER.txt`, each a signed note.
package struct ReceiptFolder {
  private let path: String

  /// Names the folder of a vault; nothing is read.
  package init(_ layout: VaultLayout) { path = layout.store + "/receipts" }

  /// Writes a receipt durably and gives its file's path; the same one again will do.
  package func write(_ note: String, number: Int) throws(VaultError) -> String {
    try VaultDisk.makeFolder(path)
    let file = "\(path)/\(number).txt"
    try VaultDisk.put(file, Array(note.utf8))
    return file
  }

  /// The numbers of the receipts that lie here, rising.
  package func numbers() throws(VaultError) -> [Int] {
    guard case .folder = VaultDisk.kind(path) else { return [] }
    return try VaultDisk.names(path).compactMap { name in
      name.hasSuffix(".txt") ? Int(name.dropLast(4)) : nil
    }.sorted()
  }
}
