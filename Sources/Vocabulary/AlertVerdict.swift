// SPDX-License-Identifier: Apache-2.0

/// What a verdict says of the camera's alert; derived from the labels, never keyed.
package enum AlertVerdict: String, Sendable, Codable {
  /// Alarm level 2 or more, and the camera raised an alert.
  case trueAlarm = "true"
  /// Level 0, and the camera named rightly what moved.
  case nuisance
  /// Level 0, and what moved is not what the camera named.
  case `false`
  /// Level 2 or more without an alert.
  case missed
  /// Level 1, *cannot judge*, no level, or no alert to judge and no alarm either.
  case undetermined

  /// Derives it from a sheet, the camera's alert, and the terms of the level axis in rising order.
  package init(sheet: LabelSheet, alert: CameraAlert, taxonomy: Taxonomy) {
    let levels = taxonomy.terms(.level)
    guard sheet.cannotJudge == nil,
      let level = levels.firstIndex(where: { sheet.terms[$0.id] != nil }), level != 1
    else {
      self = .undetermined
      return
    }
    if level >= 2 {
      self = alert.label.isEmpty ? .missed : .trueAlarm
    } else if alert.label.isEmpty {
      self = .undetermined
    } else {
      self = sheet.terms[TermID(alert.label)] != nil ? .nuisance : .false
    }
  }
}
