// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import TerminalScreen

@Suite("Frames wait for the terminal")
struct FramePacingTests {
  private func mayDraw(_ pacing: inout FramePacing, _ now: Int64) -> Bool {
    pacing.mayDraw(nowMilliseconds: now)
  }

  @Test("one frame at a time while the terminal answers")
  func answering() {
    var pacing = FramePacing()
    #expect(mayDraw(&pacing, 0) == true)
    pacing.frameSent(nowMilliseconds: 0)
    #expect(mayDraw(&pacing, 249) == false)
    pacing.acknowledged()
    #expect(mayDraw(&pacing, 10) == true)
    #expect(!pacing.isMute)
    #expect(pacing.unanswered == 0)
  }

  @Test("a mute terminal gets frames after the time-out, and its answer counts again")
  func mute() {
    var pacing = FramePacing()
    pacing.frameSent(nowMilliseconds: 1000)
    #expect(pacing.deadlineMilliseconds == 1250)
    #expect(mayDraw(&pacing, 1250) == true)
    #expect(pacing.isMute)
    for step in 0..<5 {
      pacing.frameSent(nowMilliseconds: 1260 + Int64(step))
      #expect(mayDraw(&pacing, 1261 + Int64(step)) == true)
    }
    pacing.acknowledged()
    #expect(!pacing.isMute)
    pacing.frameSent(nowMilliseconds: 1300)
    #expect(mayDraw(&pacing, 1310) == false)
  }
}
