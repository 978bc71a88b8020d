// SPDX-License-Identifier: Apache-2.0
import Vocabulary

extension RoundObjection {
  /// What a person is told of a clip that is kept from them so.
  func sentence(_ clip: ClipID) -> String {
    let name = "Clip \(clip.short)"
    return switch self {
    case .waitsForAnother: "\(name) waits for a second opinion, which another reviewer gives."
    case .disputed: "\(name) has two verdicts that differ; a lead decides."
    case .settled: "\(name) had its second opinion; its verdict stays."
    case .noVerdict: "\(name) has no verdict yet; commit one first."
    case .asked: "\(name) got a second opinion already."
    case .notDisputed: "\(name) has no two verdicts that wait for a decision."
    case .ownOpinion: "One of the verdicts on clip \(clip.short) is yours; another lead decides."
    case .earlierRound:
      "That label of clip \(clip.short) belongs to its first verdict, which stays."
    }
  }
}
