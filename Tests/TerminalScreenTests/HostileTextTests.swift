// SPDX-License-Identifier: Apache-2.0
import HostileText
import Testing

@Suite("Hostile text")
struct HostileTextTests {
  @Test(
    "a million random hostile strings stay in the grammar, and the same strings raw do not",
    arguments: 1...4 as ClosedRange<UInt64>)
  func strings(seed: UInt64) {
    var attack = HostileText(seed: seed)
    let outcome = attack.run(strings: 250_000)
    #expect(outcome.firstOffence == nil)
    #expect(outcome.strings == 250_000)
    #expect(outcome.rawOffences > outcome.strings / 16 * 3 / 4, "the strings must be hostile")
  }
}
