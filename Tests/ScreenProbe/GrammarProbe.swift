// SPDX-License-Identifier: Apache-2.0
import Glibc
import HostileText
import TerminalScreen

/// Works on the grammar of what may be sent to a terminal, without a terminal.
enum GrammarProbe {
  /// `hostile COUNT SEED`, which fails where a string is not made harmless, or `speed`.
  static func run(_ arguments: [String]) {
    if arguments.first == "speed" { return speed() }
    let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
    let seed = arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? 1
    var attack = HostileText(seed: seed)
    let outcome = attack.run(strings: count)
    print(
      "\(outcome.strings) strings; of every 16th, \(outcome.rawOffences) were outside the grammar raw"
    )
    guard let bytes = outcome.firstOffence else { return }
    print("not made harmless (seed \(seed)): \(bytes)")
    exit(1)
  }

  /// Checks pictures of half blocks and of sixels, and plain text, and prints megabytes a second.
  private static func speed() {
    var cells: [UInt8] = []
    for index in 0..<20_000 {
      cells += Array("\u{1B}[38;2;\(index % 256);12;200;48;2;1;\(index % 99);255m▄".utf8)
    }
    let sixels = Array(
      ("\u{1B}Pq\"1;1;4000;4000#1;2;10;20;30"
        + String(repeating: "#1!20~?@AB$-", count: 600) + "\u{1B}\\").utf8)
    let text = Array(String(repeating: "plain text, as in a worklist ", count: 30_000).utf8)
    for (name, bytes) in [("half blocks", cells), ("sixels", sixels), ("text", text)] {
      let rounds = max(1, 50_000_000 / bytes.count)
      let start = ContinuousClock.now
      for _ in 0..<rounds {
        var checker = OutputGrammar.Checker()
        guard checker.check(bytes) == nil, checker.isWhole else { return print("\(name): refused") }
      }
      let spent = (ContinuousClock.now - start) / .seconds(1)
      print("\(name): \(Int(Double(rounds * bytes.count) / spent / 1e6)) MB/s")
    }
  }
}
