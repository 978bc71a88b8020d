// SPDX-License-Identifier: Apache-2.0
import CAttack
import ClipVault
import Glibc
import Lockdown
import ReviewSession

/// A process of this project that is attacked, with the lock that it takes in earnest.
enum Profile: String, CaseIterable {
  case decoder, zygote, watch, review

  /// Its bit in the catalogue.
  var bit: UInt32 {
    switch self {
    case .decoder: ATTACK_DECODER.rawValue
    case .zygote: ATTACK_ZYGOTE.rawValue
    case .watch: ATTACK_WATCH.rawValue
    case .review: ATTACK_REVIEW.rawValue
    }
  }

  /// Decoders are forked by the zygote, and inherit its lock.
  var hasZygote: Bool { self == .decoder }

  /// How its lock refuses what libraries try by themselves, beside the errors of every lock: no
  /// descriptor is a terminal, and there is no room for another thread.
  var ownRefusals: Set<Int32> {
    switch self {
    case .decoder: [ENOTTY, EAGAIN]
    case .zygote, .watch: [ENOTTY]
    case .review: []
    }
  }

  /// How many attacks the catalogue must try here at least, on every machine.
  var least: Int {
    switch self {
    case .decoder: 33
    case .review: 40
    case .zygote, .watch: 20
    }
  }

  /// Locks this process as the real one locks itself.
  func lock(folder: String, step: Int32, parent: Int32, socket: Int32) throws(SystemError) {
    switch (self, step) {
    case (.decoder, 0), (.zygote, _): try ProcessLock.lockZygote(socket: socket)
    case (.decoder, _): try ProcessLock.lockDecoder(parent: parent)
    case (.watch, _): try ProcessLock.lockWatch(socket: socket)
    case (.review, _):
      try ProcessLock.confine(to: Confinement(files: Self.review(folder), sockets: [socket]))
    }
  }

  /// What a review may still do with files, of those that the attacks find.
  private static func review(_ folder: String) -> [FileRight] {
    let vault = folder + "/vault"
    return CommandConfinement.row(.review).compactMap { place, access in
      switch place {
      case .clips, .keys, .policy, .store: FileRight("\(vault)/\(place.rawValue)", access)
      case .terminal: FileRight("/dev/tty", access, isTerminal: true)
      default: nil
      }
    }
  }
}
