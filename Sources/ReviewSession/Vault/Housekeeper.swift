// SPDX-License-Identifier: Apache-2.0

internal import ClipVault
internal import DecoderLink
internal import Lockdown
internal import Vocabulary

/// Erases what is due before a review begins, in a process of its own: the one that reviews may
/// change neither clips nor keys.
package final class Housekeeper {
  private let process: SideProcess

  /// Starts it, with the rights of `housekeeping`, while this process is not locked yet.
  package init(_ entrance: Entrance, beside decoders: Decoders) throws(SessionError) {
    do {
      process = try SideProcess(closing: decoders.sockets) { Self.work(entrance) }
    } catch { throw .noResources(error) }
  }

  /// Waits until nothing is due any more.
  ///
  /// Where another process is at the vault just now, that one does it, or the next start.
  ///
  /// - Throws: why something could not be erased.
  func wait() throws(SessionError) {
    let answer = String(decoding: process.wait(), as: UTF8.self)
    let parts = answer.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let code = Int32(parts[0]) else {
      // It says how it ended in every case: this one was killed.
      throw .start(.housekeepingFailed, exitCode: 70)
    }
    guard code != Self.done, code != Self.busy else { return }
    throw .words(String(parts[1]), exitCode: code)
  }

  private static let done: Int32 = 0
  private static let busy: Int32 = 75

  /// In the process of its own: exit code and sentence, in the language of who waits.
  private static func work(_ entrance: Entrance) -> [UInt8] {
    do throws(SessionError) {
      try entrance.open(for: .housekeeping).keepHouseIfDue()
      return Array("\(done) done".utf8)
    } catch { return Array("\(error.exitCode) \(error.spoken(entrance.texts))".utf8) }
  }
}

extension VaultEntry {
  fileprivate func keepHouseIfDue() throws(SessionError) {
    let isDue = try withStore { (store) throws(SessionError) in try isHousekeepingDue(store) }
    if isDue { _ = try keepHouse { _ in } }
  }
}
