// SPDX-License-Identifier: Apache-2.0

/// The table of one profile: attack, unlocked, locked.
struct Table {
  private let profile: Profile
  private var refusedCount = 0
  private var untriedCount = 0
  private var faults: [String] = []

  init(_ profile: Profile) {
    self.profile = profile
    print("\n" + Self.line(profile.rawValue, "unlocked", "locked"))
  }

  /// Whether nothing was off.
  var isSound: Bool { faults.isEmpty }

  /// Adds an attack, and judges it.
  mutating func add(_ name: String, unlocked: Outcome, locked: Outcome) {
    guard unlocked == .worked else {
      // What this machine cannot do unlocked proves nothing locked.
      untriedCount += 1
      print(Self.line(name, "not to be tried here: \(unlocked.word)", locked.word))
      if locked == .worked { faults.append("\(name): works locked only") }
      return
    }
    let isHeld = locked.isRefusal(by: profile)
    print(Self.line(name, unlocked.word, locked.word + (isHeld ? "" : "   <<<")))
    if isHeld { refusedCount += 1 } else { faults.append("\(name): \(locked.word)") }
  }

  /// Ends the table with the counts.
  mutating func close() {
    let least = profile.least
    if refusedCount < least { faults.append("only \(refusedCount) refused, \(least) wanted") }
    print(
      "\(profile.rawValue): \(refusedCount) refused, \(faults.count) off, \(untriedCount) not to be tried here"
    )
    for fault in faults { print("  off: \(fault)") }
  }

  private static func line(_ name: String, _ unlocked: String, _ locked: String) -> String {
    pad(name, 52) + pad(unlocked, 32) + locked
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
