// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Regions: a reviewer places a box on the picture and says what it is; it is frosted from there on.
extension State {
  mutating func openRegion() {
    guard mayShowMore(), let open = clip else { return }
    guard finestFrost < .solid else { return remark(texts(RegionPhrase.solid)) }
    guard open.history.draft.regions.count < Region.mostAdded else {
      return remark(texts(RegionPhrase.most, Region.mostAdded, key(.flag)))
    }
    enterOverlay(.region(RegionDraft()))
  }

  mutating func pressInRegion(_ old: RegionDraft, _ key: KeyPress, _ effects: inout [Effect]) {
    var draft = old
    switch key {
    case .escape:
      hasHeldKeyActed = true
      return leaveOverlay()
    case _ where old.isAsking:
      guard case .character(let character) = key,
        let kind = RegionDraft.kinds.first(where: { $0.key == character })?.kind
      else { return pressUnderRegion(key, &effects) }
      return addRegion(kind, old.box, &effects)
    case .left: draft.move(right: -1)
    case .right: draft.move(right: 1)
    case .up: draft.move(down: -1)
    case .down: draft.move(down: 1)
    case .character("h"): draft.resize(wider: -1)
    case .character("l"): draft.resize(wider: 1)
    case .character("j"): draft.resize(taller: 1)
    case .character("k"): draft.resize(taller: -1)
    case .enter: draft.isAsking = true
    default: return pressUnderRegion(key, &effects)
    }
    mode = .region(draft)
  }

  // A region holds from the frame on the screen: only single frames are stepped to here.
  private mutating func pressUnderRegion(_ key: KeyPress, _ effects: inout [Effect]) {
    switch keymap.action(key) {
    case .flag: flagFromMenu(&effects)
    case .frameBack: play(.frameBack)
    case .frameForward: play(.frameForward)
    default: break
    }
  }

  private mutating func addRegion(
    _ kind: RegionKind, _ box: RegionBox, _ effects: inout [Effect]
  ) {
    guard let open = clip else { return }
    let from = min(open.playhead.time, Region.latestTime - MediaTime(milliseconds: 1))
    let end = max(open.timeline.duration, from + MediaTime(milliseconds: 1))
    let region = Region(
      kind: kind, from: from, until: min(end, Region.latestTime),
      keys: [Region.Key(time: from, box: box)])
    // The picture stays paused where the region begins.
    mode = .review
    resumesOnReturn = false
    hasHeldKeyActed = true
    guard let region, mayLabel() else { return }
    append([.addRegion(region)], &effects)
    remark(
      region.frost > finestFrost
        ? texts(RegionPhrase.added, kind.name(texts), region.frost.name(texts), key(.undo))
        : texts(RegionPhrase.addedForNothing, kind.name(texts), finestFrost.name(texts)))
  }

  /// Has the clip covered anew, which takes a moment: it stands still meanwhile.
  mutating func holdForRegions(_ effects: inout [Effect]) {
    guard let open = clip else { return }
    clip?.player.pause()
    resumesOnReturn = false
    effects.append(.cover(open.id, open.history.draft.regions))
  }

  /// The event that `u` would take back, if that is a region of somebody else's: theirs to take back.
  func othersRegion(_ open: OpenClip) -> LabelEvent? {
    guard let event = open.history.events.last(where: { $0.ordinal == open.history.undoable.last }),
      case .addRegion = event.change, event.reviewer != reviewer
    else { return nil }
    return event
  }
}
