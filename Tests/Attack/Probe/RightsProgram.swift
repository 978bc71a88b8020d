// SPDX-License-Identifier: Apache-2.0
import CAttack
import ClipVault
import Glibc
import Lockdown
import ReviewSession

/// Holds every command's row of the table of rights: what it says works under the lock, and all else
/// is refused.
///
/// Unsafe uses: shared memory of a known count, C strings that live through a call.
enum RightsProgram {
  private static let acts = [ATTACK_READ, ATTACK_WRITE, ATTACK_CREATE, ATTACK_UNLINK]
  private static let places = CommandConfinement.Place.allCases.map(\.rawValue) + ["outside"]

  /// Prints a line for each command: the letters of what works at each place.
  static func run() -> Never {
    var right = 0
    var off: [String] = []
    let everything = outcomes(nil)
    for (place, results) in zip(places, everything) where results.contains(where: { $0 != 0 }) {
      off.append("unlocked, \(place): \(results.map(Outcome.name))")
    }
    for command in VaultCommand.allCases {
      let row = CommandConfinement.row(command)
      var words: [String] = []
      for (place, results) in zip(places, outcomes(row)) {
        let access = CommandConfinement.Place(rawValue: place).flatMap { row[$0] }
        for (index, result) in results.enumerated() {
          let isAllowed = access.map { Self.isAllowed(index, $0) } ?? false
          let isHeld = isAllowed ? result == 0 : [EPERM, EACCES].contains(result)
          if isHeld {
            right += 1
          } else {
            off.append("\(command.rawValue), \(place), \(letters[index]): \(Outcome.name(result))")
          }
        }
        let worked = zip(letters, results).filter { $0.1 == 0 }.map { String($0.0) }.joined()
        if !worked.isEmpty { words.append("\(place) \(worked)") }
      }
      print("\(command.rawValue): \(words.joined(separator: ", "))")
    }
    for fault in off { print("  off: \(fault)") }
    print("\(right) acts as the table says, \(off.count) off")
    fflush(nil)
    exit(off.isEmpty ? 0 : 1)
  }

  /// Read, write, create, remove.
  private static let letters: [Character] = ["r", "w", "c", "d"]

  private static func isAllowed(_ act: Int, _ access: FileRight.Access) -> Bool {
    switch act {
    case 0: true
    case 1: access.rawValue >= FileRight.Access.write.rawValue
    default: access.rawValue >= FileRight.Access.change.rawValue
    }
  }

  /// What each act at each place gives in a process locked so, or in one that is not locked.
  private static func outcomes(_ row: CommandConfinement.Row?) -> [[Int32]] {
    let count = places.count * acts.count
    guard let memory = unsafe attack_make_numbers(count) else {
      AttackProgram.leave("attack-probe: no memory", 71)
    }
    let template = "/tmp/milkglass-rights-" + String(repeating: "X", count: 6)
    var folder = Array(template.utf8CString)
    guard unsafe mkdtemp(&folder) != nil else { AttackProgram.leave("attack-probe: /tmp", 71) }
    let path = String(decoding: folder.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unsafe attack_remove(path) }
    for place in places where unsafe attack_make_place("\(path)/\(place)") != 0 {
      AttackProgram.leave("attack-probe: cannot write to \(path)", 71)
    }
    let child = attack_fork()
    if child == 0 {
      if let row { lock(row, path) }
      for (place, name) in places.enumerated() {
        for (act, kind) in acts.enumerated() {
          let file = kind == ATTACK_CREATE ? "new" : "secret"
          unsafe memory[place * acts.count + act] = attack_act(kind, "\(path)/\(name)", file)
        }
      }
      _exit(0)
    }
    guard child > 0, attack_wait(child) == 0 else {
      AttackProgram.leave("attack-probe: the locked process ended", 71)
    }
    return places.indices.map { place in
      acts.indices.map { unsafe memory[place * acts.count + $0] }
    }
  }

  private static func lock(_ row: CommandConfinement.Row, _ path: String) {
    let files = row.map { FileRight("\(path)/\($0.key.rawValue)", $0.value) }
    do { try ProcessLock.confine(to: Confinement(files: files)) } catch {
      AttackProgram.leave("attack-probe: \(error)", 71)
    }
  }
}
