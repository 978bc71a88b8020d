// SPDX-License-Identifier: Apache-2.0

internal import Vocabulary

/// What keys do at a desk.
extension DeskState {
  private static let page = 10

  mutating func press(_ key: KeyPress) -> [DeskEffect] {
    if key == .resized || key == .unknown { return [] }
    if isHelpShown {
      isHelpShown = false
      return []
    }
    if prompt != nil { return typed(key) }
    if let clip = flags.asking { return answer(key, clip) }
    notice = nil
    switch key {
    case .character("q"): return [.leave]
    case .character("?"): isHelpShown = true
    case .tab: return open(step: 1)
    case .character("j"), .down: return move(by: 1)
    case .character("k"), .up: return move(by: -1)
    case .pageDown: return move(by: Self.page)
    case .pageUp: return move(by: -Self.page)
    case .home, .character("g"): return moveToEnd(isFirst: true)
    case .end, .character("G"): return moveToEnd(isFirst: false)
    default: return act(key)
    }
    return []
  }

  private mutating func open(step: Int) -> [DeskEffect] {
    guard let here = person.tabs.firstIndex(of: tab) else { return [] }
    return open(person.tabs[(here + step) % person.tabs.count])
  }

  // MARK: - Moving

  private mutating func move(by step: Int) -> [DeskEffect] {
    switch tab {
    case .disputed: disputes.move(by: step)
    case .flagged: flags.move(by: step)
    case .team:
      let count = team.shown?.count ?? 0
      team.top = min(max(0, team.top + step), max(0, count - 1))
    case .log: return log.move(by: step).map { [.loadLog($0)] } ?? []
    case .receipts:
      receipts.move(by: step)
      return readReceipt()
    }
    return []
  }

  private mutating func moveToEnd(isFirst: Bool) -> [DeskEffect] {
    if tab == .log {
      return [.loadLog(log.ask(.number(isFirst ? 0 : .max), isOlder: !isFirst))]
    }
    return move(by: isFirst ? -1_000_000_000 : 1_000_000_000)
  }

  // MARK: - Acting

  private mutating func act(_ key: KeyPress) -> [DeskEffect] {
    switch (tab, key) {
    case (.disputed, .character("1")): decide(.first)
    case (.disputed, .character("2")): decide(.second)
    case (.disputed, .character("u")): takeBack()
    case (.flagged, .character("r")): restore()
    case (.flagged, .character("e")): askToErase()
    case (.team, .left): window(-1)
    case (.team, .right): window(1)
    case (.log, .character("/")): ask(.filter)
    case (.log, .character(":")): ask(.jump)
    case (.log, .character("v")): verify()
    case (.receipts, .left): scroll(-Self.page)
    case (.receipts, .right): scroll(Self.page)
    default: []
    }
  }

  private mutating func decide(_ choice: OpinionChoice) -> [DeskEffect] {
    guard let item = disputes.selected, disputes.pending == nil else { return [] }
    if item.decision != nil { return tell(.decidedAlready) }
    if item.isOwn(of: person.name) { return tell(.ownVerdict) }
    disputes.pending = item.record.id
    return [.decide(item.record.id, choice)]
  }

  private mutating func takeBack() -> [DeskEffect] {
    guard let item = disputes.selected, disputes.pending == nil else { return [] }
    guard item.decision != nil else { return tell(.nothingDecided) }
    disputes.pending = item.record.id
    return [.takeBack(item.record.id)]
  }

  private mutating func restore() -> [DeskEffect] {
    guard let item = flags.selected, flags.pending == nil else { return [] }
    if item.flaggedBy == person.name { return tell(.ownFlag) }
    flags.pending = item.clip
    return [.restore(item.clip)]
  }

  private mutating func askToErase() -> [DeskEffect] {
    guard let item = flags.selected, flags.pending == nil else { return [] }
    if item.flaggedBy == person.name { return tell(.ownFlag) }
    flags.asking = item.clip
    return []
  }

  /// Only `y` erases: a held `e` does not.
  private mutating func answer(_ key: KeyPress, _ clip: ClipID) -> [DeskEffect] {
    if key == .character("e") { return [] }
    flags.asking = nil
    notice = nil
    guard key == .character("y") else { return [] }
    flags.pending = clip
    return [.erase(clip)]
  }

  private mutating func window(_ step: Int) -> [DeskEffect] {
    let all = TeamBoard.Window.allCases
    team.window = all[(team.window.rawValue + step + all.count) % all.count]
    team.top = 0
    return []
  }

  private mutating func scroll(_ step: Int) -> [DeskEffect] {
    let count = receipts.text?.lines.count ?? 0
    receipts.top = min(max(0, receipts.top + step), max(0, count - 1))
    return []
  }

  private mutating func verify() -> [DeskEffect] {
    if case .running = log.check { return [] }
    log.check = .running(0)
    return [.verify]
  }

  private mutating func tell(_ phrase: DeskPhrase) -> [DeskEffect] {
    notice = Notice(texts(phrase))
    return []
  }

  // MARK: - Typing

  private mutating func ask(_ kind: DeskPrompt.Kind) -> [DeskEffect] {
    prompt = DeskPrompt(kind, kind == .filter ? log.filter.text : "")
    return []
  }

  private mutating func typed(_ key: KeyPress) -> [DeskEffect] {
    guard let asked = prompt else { return [] }
    switch key {
    case .escape: prompt = nil
    case .enter:
      let effects = asked.kind == .filter ? filter(by: asked.line.text) : jump(to: asked.line.text)
      guard let effects else {
        prompt?.isWrong = true
        return []
      }
      prompt = nil
      return effects
    default:
      prompt?.isWrong = false
      _ = prompt?.line.press(key)
    }
    return []
  }

  /// Nil where the text is no filter.
  private mutating func filter(by text: String) -> [DeskEffect]? {
    guard let filter = LogFilter(text, kinds: logKinds) else { return nil }
    return [.loadLog(log.ask(filter))]
  }

  /// Nil where the text names no place.
  private mutating func jump(to text: String) -> [DeskEffect]? {
    let text = text.split(separator: " ").joined(separator: " ")
    if text.isEmpty { return [] }
    if let number = Int64(text), number > 0 {
      return [.loadLog(log.ask(.number(number), isOlder: false))]
    }
    guard let time = CivilTime.milliseconds(text) else { return nil }
    return [.loadLog(log.ask(.time(time), isOlder: false))]
  }
}
