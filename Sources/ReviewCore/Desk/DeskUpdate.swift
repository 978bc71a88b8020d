// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// Moves a desk on by one message; pure.
package func update(_ state: inout DeskState, _ message: DeskMessage) -> [DeskEffect] {
  switch message {
  case .key(let key): return state.press(key)
  case .tick(let now, let wall): return state.tick(now, wall)
  case .disputes(let items, let waiting): state.disputes.load(items, waiting: waiting)
  case .decided(let clip, let choice): state.decided(clip, choice)
  case .flags(let items): state.flags.load(items)
  case .restored(let clip):
    state.flags.remove(clip)
    state.notice = Notice(state.texts(DeskPhrase.restored, clip.short))
  case .erasureOrdered(let clip):
    state.flags.remove(clip)
    state.flags.erasing.append(clip)
    state.notice = Notice(state.texts(DeskPhrase.erasureOrdered, clip.short))
  case .erased(let clips): state.erased(clips)
  case .team(let rows): state.team.rows = rows
  case .log(let page): return state.take(page)
  case .verifying(let number):
    if case .running = state.log.check { state.log.check = .running(number) }
  case .verified(let verdict): state.log.check = .done(verdict)
  case .receipts(let items): return state.take(items)
  case .receipt(let text):
    if text.number == state.receipts.selected?.number { state.receipts.text = text }
  case .failed(let sentence): state.failed(sentence)
  }
  return []
}

extension DeskState {
  fileprivate mutating func tick(_ now: Int64, _ wall: Int64) -> [DeskEffect] {
    wallMilliseconds = max(wallMilliseconds, wall)
    guard now >= refreshesAtMilliseconds else { return [] }
    refreshesAtMilliseconds = now + Self.refreshMilliseconds
    switch tab {
    case .disputed where disputes.pending == nil: return [.loadDisputes]
    case .flagged where flags.pending == nil: return [.loadFlags]
    default: return []
    }
  }

  fileprivate mutating func decided(_ clip: ClipID, _ choice: OpinionChoice?) {
    disputes.decided(clip, choice)
    switch choice {
    case .first: notice = Notice(texts(DeskPhrase.decidedFirst, clip.short))
    case .second: notice = Notice(texts(DeskPhrase.decidedSecond, clip.short))
    case nil: notice = Notice(texts(DeskPhrase.takenBack, clip.short))
    }
  }

  fileprivate mutating func erased(_ clips: [ClipID]) {
    let done = flags.erasing.filter(clips.contains)
    guard let last = done.last else { return }
    flags.erasing.removeAll(where: done.contains)
    notice = Notice(texts(DeskPhrase.erased, last.short))
  }

  fileprivate mutating func take(_ page: LogPage) -> [DeskEffect] {
    let isJump = log.isReplacing && log.open == page.request
    log.take(page)
    // Behind the last event there is none: the newest ones are what was meant.
    if isJump, !page.request.isOlder, page.entries.isEmpty, page.last > 0 {
      return [.loadLog(log.ask(.number(.max), isOlder: true))]
    }
    return []
  }

  fileprivate mutating func take(_ items: [ReceiptItem]) -> [DeskEffect] {
    let isFirst = receipts.items == nil
    receipts.items = items
    // What was done last is what one looks for.
    receipts.move(by: isFirst ? items.count : 0)
    return readReceipt()
  }

  /// Has the selected receipt read, unless it is shown.
  mutating func readReceipt() -> [DeskEffect] {
    guard let number = receipts.selected?.number, receipts.text?.number != number else { return [] }
    return [.readReceipt(number)]
  }

  fileprivate mutating func failed(_ sentence: String) {
    disputes.pending = nil
    flags.pending = nil
    log.giveUp()
    if case .running = log.check { log.check = .notAsked }
    notice = Notice(sentence, kind: .error)
  }
}
