// SPDX-License-Identifier: Apache-2.0
import Dispatch
import FaultSupport
import PtySupport
import TerminalModels
import Vocabulary

/// A reviewer who judges a clip of a vault as a person of alarm level 2 and leaves.
///
/// The output of the run is what the screen acknowledged: see `Words`.
enum SessionDrive {
  /// Lines of a run's output.
  enum Words {
    /// The count of the day's verdicts rose, or the summary told of a verdict.
    static let committed = "committed"
    /// A message said that something was not stored.
    static let refused = "refused"
  }

  /// Sits down, lets calls count from the first label on, commits, leaves.
  static func judge(_ scene: FaultScene, _ plan: FaultPlan) async throws -> ProgramEnd {
    try await withCheckedThrowingContinuation { continuation in
      // It waits for the screen, which must not hold up a thread of the tests' own.
      DispatchQueue.global().async {
        continuation.resume(with: Result { try run(scene, plan) })
      }
    }
  }

  private static func run(_ scene: FaultScene, _ plan: FaultPlan) throws -> ProgramEnd {
    let program = try PtyProgram(
      ["/usr/bin/env", "-C", scene.path, BuiltProgram.path("milkglass"), "review", "vault"]
        + ["--as", "ada", "--seat", "seat-3"],
      environment: scene.environment.merging(plan.environment) { $1 },
      size: CellSize(columns: 120, rows: 36))
    var words: Set<String> = []
    func look(_ screen: TerminalModel) {
      let text = screen.text
      if text.contains(" 1 / 150 ") || text.contains("1 clip labelled in") {
        words.insert(Words.committed)
      }
      // The next message takes one away; then the label that was not stored is missing.
      let refusals = ["Not stored", "The disk is full", "The store could not", " is missing"]
      if refusals.contains(where: text.contains) { words.insert(Words.refused) }
    }
    do throws(PtyError) {
      // An earlier session may have gone on to the second clip.
      try program.waitUntil { $0.text.contains(/clip [12] of/) }
      do { try plan.arm() } catch { throw PtyError.system("arm", errno: 0) }
      func press(_ key: String, until isDone: (TerminalModel) -> Bool) throws(PtyError) {
        // A key that comes too early after the picture is refused, so it is pressed again.
        for _ in 0..<20 where words.isEmpty && !isDone(program.screen) {
          program.send(key)
          do throws(PtyError) {
            try program.waitUntil(.milliseconds(500)) { screen in
              look(screen)
              return !words.isEmpty || isDone(screen)
            }
          } catch {
            guard case .timedOut = error else { throw error }
          }
        }
      }
      // What an earlier session set is set still, and would be taken back by its key.
      for (key, mark) in [("p", "● p person"), ("2", "● 2 human presence")] {
        try press(key) { $0.text.contains(mark) }
      }
      try press(",\r") { _ in false }
      if words.isEmpty { throw PtyError.timedOut(screen: program.screen.text) }
      program.send("qqq")
      try program.waitUntil { screen in
        look(screen)
        return false
      }
    } catch {
      guard case .ended = error else { throw error }
      look(program.screen)
    }
    guard let status = program.exitStatus else { throw PtyError.timedOut(screen: "") }
    let code: Int32 =
      switch status {
      case .exited(let code): code
      case .signalled(let signal): -signal
      }
    let messages = program.screen.text.split(separator: "\n").filter { $0.contains(". ") }
    return ProgramEnd(
      code: code, output: words.sorted().joined(separator: "\n"),
      errors: messages.joined(separator: "\n"))
  }
}
