// SPDX-License-Identifier: Apache-2.0

package import StrictTOML

/// What the lead has decided for the whole vault.
package struct Policy: Hashable, Sendable {
  /// Clips a reviewer is to finish a day; 1 to 10,000.
  package var dailyGoal: Int
  /// Whether the keys of the two lowest alarm levels commit where nothing is unconfirmed.
  package var quickLevels: Bool

  /// Makes a policy.
  package init(dailyGoal: Int = 150, quickLevels: Bool = false) {
    self.dailyGoal = dailyGoal
    self.quickLevels = quickLevels
  }
}

/// Reads and writes `policy.toml`.
package enum PolicyFile {
  /// Reads the policy; both fields have defaults.
  package static func parse(
    _ text: String, fileName: String = "policy.toml"
  ) throws(PolicyFileError) -> Policy {
    let table = try TOMLDocument(text, fileName: fileName).table
    var policy = Policy()
    if let goal = try table.optionalInt("daily_goal") {
      guard (1...10_000).contains(goal) else {
        throw table.complaint("daily_goal", "\"daily_goal\" must be 1 to 10000 clips")
      }
      policy.dailyGoal = goal
    }
    policy.quickLevels = try table.optionalBool("quick_levels") ?? policy.quickLevels
    try table.finish()
    return policy
  }

  /// The file's text for a policy, with comments.
  package static func text(_ policy: Policy) -> String {
    """
    # What the lead decides for this vault.

    # Clips a reviewer is to finish a day.
    daily_goal = \(policy.dailyGoal)

    # true: the keys of the two lowest alarm levels commit at once where no prediction is left open.
    quick_levels = \(policy.quickLevels)

    """
  }
}
