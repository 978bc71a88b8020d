// SPDX-License-Identifier: Apache-2.0

package import Vocabulary

/// Writes folded labels as JSON Lines, one clip a line.
///
/// Fields, always all of them, in this order; a field without a value is `null` or empty (labels that
/// outlived their clip have only the labels, the taxonomy, the month and perhaps the reviewer):
/// - `clip`: the random id; `source`, `camera`, `recorded_at`: provenance as the manifest gave it
/// - `taxonomy`: the version it was committed under; `reviewer`; `committed_at`: ISO 8601, UTC
/// - `first_reviewer`, `second_reviewer`: where the clip got a second opinion; `agreement`: `agreed` (the
///   second verdict stands), `decided_first` or `decided_second` (by a lead, `decided_by`);
///   `differences`: what the two say differently, see `OpinionDifference`
/// - `what_moved`, `what_happened`: term ids; `alarm_level`: one term id
/// - `other_labels`: term ids that the taxonomy in force no longer has
/// - `confirmed_predictions`: those of the labels that came from confirming a prediction
/// - `cannot_judge`: the reason's id
/// - `note`: what the reviewer wrote; there only where the policy allows notes
/// - `segments`: `label`, `start_seconds`, `end_seconds` (half-open), `start_frame`, `end_frame`
///   (half-open, the first frame is 0); one left open ends with the clip
/// - `regions`: what reviewers frosted, each with its `kind`, `frost`, `start_seconds`, `end_seconds`
///   (half-open) and box, `x`, `y`, `width`, `height` in shares of the upright picture
/// - `fps`: frames a second, the clip's average; `duration_seconds`; `frames`: their number
/// - `alert`: `label`, `score`, `model` of the camera; `alert_verdict`: see `AlertVerdict`
/// - `predictions`: `label` and `score` of the camera's model
package enum LabelExport {
  /// One clip's line, without a line end; nil for a clip that has no verdict.
  package static func line(
    record: ClipRecord, history: LabelHistory, taxonomy: Taxonomy, withNotes: Bool = false
  ) -> String? {
    guard let commit = history.standing else { return nil }
    let verdict = commit.sheet
    let alertVerdict = AlertVerdict(sheet: verdict, alert: record.alert, taxonomy: taxonomy)
    var fields: [(name: String, json: String)] = [
      ("clip", JSONText.quoted(record.id.text)),
      ("source", JSONText.quoted(record.source.rawValue)),
      ("camera", JSONText.quoted(record.camera.text)),
      ("recorded_at", JSONText.quoted(record.recordedAt.isEmpty ? nil : record.recordedAt)),
      ("taxonomy", JSONText.quoted(commit.taxonomyVersion)),
      ("reviewer", JSONText.quoted(commit.reviewer.text)),
      ("committed_at", JSONText.quoted(Timestamp.text(milliseconds: commit.atMilliseconds))),
    ]
    fields += opinions(history)
    fields += labels(verdict, taxonomy)
    if withNotes { fields.append(note(verdict)) }
    fields += [
      ("segments", JSONText.array(verdict.segments.map { segment($0, record.facts) })),
      ("regions", regions(verdict)),
      ("fps", number(record.facts.frameRate)),
      ("duration_seconds", seconds(record.facts.duration)),
      ("frames", String(record.facts.frameCount)),
      ("alert", alert(record.alert)),
      ("alert_verdict", JSONText.quoted(alertVerdict.rawValue)),
      ("predictions", JSONText.array(record.predictions.map(prediction))),
    ]
    return JSONText.object(fields)
  }

  /// The line of a verdict that outlived its clip: without clip, camera, exact time and what the
  /// camera said; `month` is `2026-11`.
  package static func line(
    verdict: LabelSheet, taxonomyVersion: String, month: String, reviewer: ReviewerID,
    taxonomy: Taxonomy, withNotes: Bool = false
  ) -> String {
    var fields: [(name: String, json: String)] = [
      ("clip", "null"), ("source", "null"), ("camera", "null"), ("recorded_at", "null"),
      ("taxonomy", JSONText.quoted(taxonomyVersion)), ("reviewer", JSONText.quoted(reviewer.text)),
      ("committed_at", JSONText.quoted(month)),
    ]
    fields += opinions(nil)
    fields += labels(verdict, taxonomy)
    if withNotes { fields.append(note(verdict)) }
    fields += [
      ("segments", JSONText.array(verdict.segments.map { segment($0, endingWith: $0.start) })),
      ("regions", regions(verdict)),
      ("fps", "null"), ("duration_seconds", "null"), ("frames", "null"), ("alert", "null"),
      ("alert_verdict", "null"), ("predictions", "[]"),
    ]
    return JSONText.object(fields)
  }

  /// Whose verdicts there are where there are two, and how they agree.
  private static func opinions(_ history: LabelHistory?) -> [(name: String, json: String)] {
    let decision = history?.adjudication
    let agreement: String? =
      switch decision?.choice {
      case .first: "decided_first"
      case .second: "decided_second"
      case nil: history?.second == nil ? nil : "agreed"
      }
    return [
      ("first_reviewer", JSONText.quoted(history?.first?.reviewer.text)),
      ("second_reviewer", JSONText.quoted(history?.second?.reviewer.text)),
      ("agreement", JSONText.quoted(agreement)),
      ("decided_by", JSONText.quoted(decision?.by.text)),
      (
        "differences",
        JSONText.array((history?.differences ?? []).map { JSONText.quoted($0.rawValue) })
      ),
    ]
  }

  private static func labels(
    _ sheet: LabelSheet, _ taxonomy: Taxonomy
  ) -> [(name: String, json: String)] {
    func ids(_ terms: [TermID]) -> String { JSONText.array(terms.map { JSONText.quoted($0.text) }) }
    func ids(_ axis: Axis) -> [TermID] { sheet.terms(axis, taxonomy).map(\.id) }
    let level = ids(.level).first?.text
    let other = sheet.terms.keys.filter { taxonomy.term($0) == nil }.sorted()
    let confirmed = sheet.terms.filter(\.value).keys.sorted()
    return [
      ("what_moved", ids(ids(.moved))), ("what_happened", ids(ids(.happened))),
      ("alarm_level", JSONText.quoted(level)), ("other_labels", ids(other)),
      ("confirmed_predictions", ids(confirmed)),
      ("cannot_judge", JSONText.quoted(sheet.cannotJudge)),
    ]
  }

  private static func note(_ sheet: LabelSheet) -> (name: String, json: String) {
    ("note", JSONText.quoted(sheet.note.isEmpty ? nil : sheet.note.text))
  }

  private static func segment(_ segment: Segment, _ facts: ClipFacts) -> String {
    Self.segment(segment, endingWith: Moment(time: facts.duration, frame: facts.frameCount))
  }

  /// One that was left open ends with the clip.
  private static func segment(_ segment: Segment, endingWith last: Moment) -> String {
    let end = segment.end ?? last
    return JSONText.object([
      ("label", JSONText.quoted(segment.term.text)),
      ("start_seconds", seconds(segment.start.time)), ("end_seconds", seconds(end.time)),
      ("start_frame", String(segment.start.frame)), ("end_frame", String(end.frame)),
    ])
  }

  /// A box stands for its whole time: a reviewer's region does not move.
  private static func regions(_ sheet: LabelSheet) -> String {
    func share(_ part: Int) -> String { JSONText.number(Double(part) / Double(RegionBox.side)) }
    return JSONText.array(
      sheet.regions.map { region in
        let box = region.box(at: region.from)
        return JSONText.object([
          ("kind", JSONText.quoted(region.kind.rawValue)),
          ("frost", JSONText.quoted(region.frost.name)),
          ("start_seconds", seconds(region.from)), ("end_seconds", seconds(region.until)),
          ("x", share(box.x)), ("y", share(box.y)), ("width", share(box.width)),
          ("height", share(box.height)),
        ])
      })
  }

  private static func alert(_ alert: CameraAlert) -> String {
    JSONText.object([
      ("label", JSONText.quoted(alert.label)), ("score", JSONText.number(alert.score)),
      ("model", JSONText.quoted(alert.model)),
    ])
  }

  private static func prediction(_ prediction: Prediction) -> String {
    JSONText.object([
      ("label", JSONText.quoted(prediction.term.text)),
      ("score", JSONText.number(prediction.score)),
    ])
  }

  private static func seconds(_ time: MediaTime) -> String {
    JSONText.seconds(microseconds: time.microseconds)
  }

  /// A rate with at most six decimals; `null` for one that is none.
  private static func number(_ rate: Ratio) -> String {
    guard rate.denominator > 0 else { return "null" }
    return JSONText.number((rate.value * 1_000_000).rounded() / 1_000_000)
  }
}
