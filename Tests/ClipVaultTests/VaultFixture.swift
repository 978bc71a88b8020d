// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import Vocabulary

@testable import ClipVault

/// A folder that goes with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/vault-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// State and trust beside the vault.
  var places: TrustPlaces {
    TrustPlaces(stateRoot: path + "/state", systemFile: path + "/system-trust")
  }
}

extension SecretBytes {
  /// The bytes of a test's passphrase.
  static func words(_ text: String) -> SecretBytes { SecretBytes(Array(text.utf8).span) }
}

extension PassphraseCost {
  /// Next to nothing.
  static let cheap = PassphraseCost(workFactor: 1)
}

extension Founder {
  /// Ada, whose passphrase is "ada's words".
  static var ada: Founder {
    var founder = Founder(name: "ada", passphrase: .words("ada's words"))
    founder.cost = .cheap
    return founder
  }
}

extension ClipVault.Vault {
  /// When the tests' vaults are made.
  static let testTime: Int64 = 1_790_000_000_000

  /// A vault of Ada's with the cameras `bench` (staff) and `porch-2`.
  static func forTests(
    in folder: TemporaryFolder, policy: Policy = Policy(), name: String = "vault"
  ) throws -> Vault {
    let cameras = """
      [[camera]]
      id = "bench"
      field_of_view_degrees = 90
      nearest_subject_metres = 1.5
      staff = true
      [[camera]]
      id = "porch-2"
      field_of_view_degrees = 110
      nearest_subject_metres = 2.5
      room = "porch"
      """
    return try initialise(
      at: "\(folder.path)/\(name)", folder.places, founder: .ada, policy: policy, cameras: cameras,
      nowMilliseconds: testTime)
  }

  /// The vault as it is now.
  func reopened() throws(VaultError) -> Vault { try Vault.open(layout.root, places) }

  /// The founding lead's identity.
  var ada: Identity {
    get throws { try unlock("ada", .words("ada's words")) }
  }

  /// Changes people as Ada.
  func peopleEditor() throws -> PeopleEditor {
    var editor = PeopleEditor(
      layout.root, places, founder: try ada, nowMilliseconds: Self.testTime + 1)
    editor.cost = .cheap
    return editor
  }

  /// Changes the policy as Ada.
  func policyEditor() throws -> PolicyEditor {
    PolicyEditor(layout.root, places, lead: try ada, nowMilliseconds: Self.testTime + 2)
  }

  /// The names in `clips` and `keys`, but for what every vault has.
  var fileNames: [String] {
    get throws {
      let standing: Set<String> = [".lock", "store", "vault.age", "people"]
      return (try VaultDisk.names(layout.clips) + VaultDisk.names(layout.keys))
        .filter { !standing.contains($0) }
    }
  }
}

/// Lets a change of signed files crash before one of its steps.
final class Crash {
  private let step: Int
  private var count = 0
  /// Whether the change was past its commit point.
  private(set) var isCommitted = false
  private(set) var happened = false

  init(before step: Int) { self.step = step }

  func pass(_ next: PolicyStep) throws(VaultError) {
    if next == .syncCommit { isCommitted = true }
    count += 1
    guard count > step else { return }
    happened = true
    throw .store("crash")
  }
}
