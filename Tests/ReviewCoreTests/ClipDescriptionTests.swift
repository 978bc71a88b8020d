// SPDX-License-Identifier: Apache-2.0

import Testing
import Vocabulary
import Words

@testable import ReviewCore

/// A clip in words.
@Suite("Clip descriptions") struct ClipDescriptionTests {
  /// Ten frames a second; those of the ranges move in these eighths.
  private func timeline(_ count: Int, _ moving: [(Range<Int>, UInt8)]) -> Timeline {
    var timeline = Timeline(expectedDuration: MediaTime(milliseconds: Int64(count) * 100))
    for index in 0..<count {
      let eighths = moving.first { $0.0.contains(index) }?.1
      _ = timeline.append(
        TimelineFrame(
          time: MediaTime(milliseconds: Int64(index) * 100), motion: eighths == nil ? 10 : 4000,
          movedEighths: eighths ?? 0))
    }
    timeline.isComplete = true
    return timeline
  }

  private func lines(
    _ moving: [(Range<Int>, UInt8)], _ predictions: [(String, Double)] = [],
    _ language: Language = .english
  ) -> [String] {
    let record = Desk.record(
      1, predictions: predictions.map { Prediction(term: TermID($0.0), score: $0.1) })
    return ClipDescription(record, timeline(100, moving), taxonomy)
      .lines(Words.texts(language))
  }

  @Test func itTellsAlertPredictionsLengthAndMotion() {
    #expect(
      lines([(20..<71, 0b0011_0000)], [("level_2", 0.5), ("person", 0.93), ("gone", 0.9)]) == [
        "The camera's alert: animal 82 %.",
        "Predicted: person 93 %, human presence, intent unknown 50 %.",
        "Length 0:10. Moves from 0:02 to 0:07, strongest at 0:02, mostly lower left.",
      ])
    #expect(
      lines([(20..<71, 0b0011_0000)], [], .german) == [
        "Alarm der Kamera: animal 82 %.", "Nichts ist vorhergesagt.",
        "Dauer 0:10. Bewegung von 0:02 bis 0:07, am stärksten bei 0:02, meist unten links.",
      ])
  }

  @Test func nothingMovesWhereAllIsNoise() {
    #expect(lines([])[2] == "Length 0:10. Nothing moves.")
  }

  @Test func whatIsASecondApartIsOneStretch() {
    #expect(lines([(10..<15, 1), (24..<30, 1)])[2].contains("from 0:01 to 0:02"))
    #expect(
      lines([(10..<15, 1), (26..<30, 8)])[2]
        == "Length 0:10. Moves from 0:01 to 0:01, strongest at 0:01, mostly upper left. "
        + "Moves from 0:02 to 0:02, strongest at 0:02, mostly upper right.")
  }

  @Test func manyStretchesAreCounted() {
    let moving = (0..<6).map { (10 + $0 * 14..<11 + $0 * 14, UInt8(0xFF)) }
    let text = lines(moving)[2]
    #expect(text.matches(of: /Moves from/).count == 4 && text.hasSuffix("Moves 2 more times."))
    #expect(text.contains("all over the picture"))
  }

  @Test(arguments: [
    ([3, 0, 0, 0, 0, 0, 0, 0], DescriptionPhrase.upperLeft),
    ([0, 0, 0, 1, 0, 0, 0, 5], .lowerRight), ([1, 1, 1, 1, 0, 0, 0, 0], .upper),
    ([0, 0, 0, 0, 2, 2, 2, 2], .lower), ([1, 1, 0, 0, 1, 1, 0, 0], .left),
    ([0, 0, 1, 1, 0, 0, 1, 1], .right), ([1, 1, 1, 1, 1, 1, 1, 1], .everywhere),
    ([0, 0, 0, 0, 0, 0, 0, 0], .everywhere),
  ]) func placesHaveNames(_ eighths: [Int], _ phrase: DescriptionPhrase) {
    #expect(ClipDescription.place(eighths) == phrase)
  }
}
