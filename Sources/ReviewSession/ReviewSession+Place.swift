// SPDX-License-Identifier: Apache-2.0

internal import LabelStore
internal import ReviewCore
internal import Vocabulary

/// A reviewer's settings that change with keys: only the newest value of each is written, so that a held
/// key costs no write a press.
struct KeptSettings {
  private var wanted: [String: String] = [:]
  private var writing: Set<String> = []

  /// Notes a value; true where it is to be written now, since none of that name is on its way.
  mutating func want(_ name: String, _ value: String) -> Bool {
    wanted[name] = value
    return writing.insert(name).inserted
  }

  /// The value to write now.
  mutating func take(_ name: String) -> String? { wanted.removeValue(forKey: name) }

  /// Notes that one was written; true where another value waits.
  mutating func finish(_ name: String) -> Bool {
    if wanted[name] != nil { return true }
    writing.remove(name)
    return false
  }
}

/// What the next session begins with: where the reviewer stands, and how they work.
extension ReviewSession {
  private var place: ReviewerPlace? {
    guard let clip = state.clip, state.lock == nil else { return nil }
    return ReviewerPlace(
      clip: clip.id, playhead: clip.playhead.time, isPlaying: state.isPlayingOn)
  }

  /// Notes where the reviewer stands, unless that is noted already.
  func keepPlace() {
    guard let place, place != placeKept else { return }
    placeKept = place
    write(.set(place))
  }

  /// Notes that no clip is on the screen.
  func forgetPlace() {
    placeKept = nil
    write(.forget)
  }

  /// The place that is written with label events, at no cost of its own: none once they are done with
  /// the clip, until the next one is there.
  func place(after events: [LabelEvent]) -> PlaceChange {
    let isLeaving = events.contains { event in
      switch event.change {
      case .commit, .skip, .postpone: true
      default: false
      }
    }
    guard !isLeaving, let place, place.clip == events.last?.clip else {
      if isLeaving { placeKept = nil }
      return isLeaving ? .forget : .keep
    }
    placeKept = place
    return .set(place)
  }

  private func write(_ change: PlaceChange) {
    let reviewer = storeSession.reviewer
    worker.submit { store throws(StoreError) in
      try store.changePlace(change, of: reviewer)
    } completion: { _ in
      // A place that is not kept costs the reviewer a few keys; labels report for themselves.
    }
  }

  // MARK: settings

  static let speedSetting = "speed_percent"
  static let worklistSetting = "worklist"

  /// Keeps a setting for the reviewer's next session.
  func keep(_ name: String, _ value: String) {
    if settingsToKeep.want(name, value) { writeSetting(name) }
  }

  private func writeSetting(_ name: String) {
    guard let value = settingsToKeep.take(name) else { return }
    let reviewer = storeSession.reviewer
    worker.submit { store throws(StoreError) in
      try store.setSetting(name, to: value, of: reviewer)
    } completion: { [weak self] result in
      self?.report(result) {}
      if self?.settingsToKeep.finish(name) == true { self?.writeSetting(name) }
    }
  }

  /// The speed this reviewer used last; real time for a new one.
  static func savedSpeed(
    _ store: LabelStore, _ reviewer: ReviewerID
  ) throws(StoreError) -> Speed {
    try store.setting(speedSetting, of: reviewer).flatMap(Int.init).map(Speed.init(nearest:))
      ?? .normal
  }

  /// Where this reviewer left the worklist; the first due clip for a new one.
  static func savedWorklistPlace(
    _ store: LabelStore, _ reviewer: ReviewerID
  ) throws(StoreError) -> WorklistPlace {
    try store.setting(worklistSetting, of: reviewer).flatMap(WorklistPlace.init(text:))
      ?? WorklistPlace()
  }

  /// Tells the core what this reviewer committed last, for `=`.
  func tellLastVerdict() {
    let reviewer = storeSession.reviewer
    worker.submit { store throws(StoreError) in
      try store.lastVerdict(of: reviewer)
    } completion: { [weak self] result in
      self?.report(result) { last in
        if let (clip, sheet) = last { self?.send(.lastVerdict(clip, sheet)) }
      }
    }
  }
}
