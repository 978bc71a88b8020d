// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import TerminalScreen

@Suite("Frames wait for the terminal")
struct FramePacingTests {
  private func answer(_ pacing: inout FramePacing, _ now: Int64) -> Bool {
    pacing.acknowledged(nowMilliseconds: now)
  }

  @Test("one frame at a time while the terminal answers, for as long as that takes")
  func answering() {
    var pacing = FramePacing()
    #expect(pacing.mayDraw && pacing.deadlineMilliseconds == nil)
    pacing.frameBegun()
    #expect(!pacing.mayDraw && pacing.deadlineMilliseconds == nil)
    pacing.frameOut(nowMilliseconds: 10_000)
    #expect(pacing.deadlineMilliseconds == 10_500)
    #expect(answer(&pacing, 10_020) == true)
    #expect(pacing.mayDraw && pacing.unanswered == 0)
    pacing.frameBegun()
    pacing.frameOut(nowMilliseconds: 11_000)
    pacing.expire(nowMilliseconds: 15_999)
    #expect(!pacing.mayDraw && !pacing.isMute)
    pacing.expire(nowMilliseconds: 16_000)
    #expect(pacing.mayDraw && pacing.isMute && pacing.unanswered == 1)
  }

  @Test("one that answers nothing counts as mute after half a second, and its answer counts again")
  func mute() {
    var pacing = FramePacing()
    pacing.frameBegun()
    pacing.frameOut(nowMilliseconds: 1000)
    pacing.expire(nowMilliseconds: 1500)
    #expect(pacing.isMute && pacing.mayDraw)
    for step in 0..<5 {
      pacing.frameBegun()
      #expect(!pacing.mayDraw, "what is not out is waited for all the same")
      pacing.frameOut(nowMilliseconds: 1600 + Int64(step))
      #expect(pacing.mayDraw)
    }
    // It was slow: the frames that it has not read are waited for.
    #expect(answer(&pacing, 1700) == false)
    #expect(!pacing.isMute && !pacing.mayDraw)
    for _ in 0..<4 { #expect(answer(&pacing, 1700) == false) }
    #expect(answer(&pacing, 1700) == true)
    #expect(pacing.unanswered == 0)
    #expect(answer(&pacing, 1800) == false, "an answer to nothing")
  }

  @Test("one that answered before the screen has more time for its first frame")
  func spoken() {
    var pacing = FramePacing(hasSpoken: true)
    pacing.frameBegun()
    pacing.frameOut(nowMilliseconds: 0)
    #expect(pacing.deadlineMilliseconds == FramePacing.firstAnswerMilliseconds)
  }

  @Test("a lost answer is waited for once")
  func lost() {
    var pacing = FramePacing()
    pacing.frameBegun()
    pacing.frameOut(nowMilliseconds: 0)
    #expect(answer(&pacing, 1) == true)
    pacing.frameBegun()
    pacing.frameOut(nowMilliseconds: 10)
    pacing.expire(nowMilliseconds: 5010)
    pacing.frameBegun()
    pacing.frameOut(nowMilliseconds: 5020)
    #expect(answer(&pacing, 5030) == false)
    #expect(!pacing.mayDraw)
    pacing.expire(nowMilliseconds: 10_030)
    #expect(pacing.mayDraw && !pacing.isMute && pacing.unanswered == 0)
  }

  @Test("questions taken back are not waited for, those before them are")
  func withdrawn() {
    var pacing = FramePacing()
    pacing.frameBegun()
    pacing.frameOut(nowMilliseconds: 0)
    pacing.frameBegun()
    pacing.withdraw(1, isOut: true)
    #expect(!pacing.mayDraw && pacing.unanswered == 1)
    #expect(answer(&pacing, 5) == true)
    #expect(pacing.mayDraw)
    pacing.frameBegun()
    pacing.withdraw(1, isOut: true)
    #expect(pacing.mayDraw && pacing.unanswered == 0)
  }

  @Test("whatever comes, answers never outnumber questions, and it never waits for ever")
  func anything() {
    var random = SeededGenerator(seed: 53)
    var pacing = FramePacing()
    var now: Int64 = 0
    for _ in 0..<20_000 {
      now += .random(in: 0...900, using: &random)
      switch Int.random(in: 0..<8, using: &random) {
      case 0...1 where pacing.mayDraw: pacing.frameBegun()
      case 2...3: pacing.frameOut(nowMilliseconds: now)
      case 4: _ = pacing.acknowledged(nowMilliseconds: now)
      case 5: pacing.withdraw(.random(in: 0...2, using: &random), isOut: true)
      case 6 where Int.random(in: 0..<50, using: &random) == 0: pacing.restart()
      default: pacing.expire(nowMilliseconds: now)
      }
      #expect(pacing.unanswered >= 0)
    }
    pacing.frameOut(nowMilliseconds: now)
    pacing.expire(nowMilliseconds: now + 5000)
    #expect(pacing.mayDraw)
  }
}
