// SPDX-License-Identifier: Apache-2.0
import CAttack
import Glibc

/// What a process of the same user can see of another one.
///
/// Unsafe uses: an array of C strings that lives until the process is another program.
enum Errand {
  /// `as USER PROGRAM ARGUMENT…`: becomes the program, run by that user.
  static func runAs(_ words: ArraySlice<String>) -> Never {
    guard let user = words.first.flatMap({ uid_t($0) }), words.count > 1 else {
      AttackProgram.leave("attack-probe as USER PROGRAM ARGUMENT…", 64)
    }
    let arguments = unsafe words.dropFirst().map { unsafe strdup($0) } + [nil]
    let error = unsafe attack_execute_as(user, arguments)
    AttackProgram.leave("attack-probe: \(Outcome.name(error))", 71)
  }

  /// `end FILE USER PROGRAM ARGUMENT…`: runs it so, and writes to the file how it ended.
  static func runToEnd(_ words: ArraySlice<String>) -> Never {
    let words = Array(words)
    guard words.count > 2, let user = uid_t(words[1]) else {
      AttackProgram.leave("attack-probe end FILE USER PROGRAM ARGUMENT…", 64)
    }
    let arguments = unsafe words.dropFirst(2).map { unsafe strdup($0) } + [nil]
    let error = unsafe attack_watch_end(words[0], user, arguments)
    guard error == 0 else { AttackProgram.leave("attack-probe: \(Outcome.name(error))", 71) }
    exit(0)
  }

  /// `list`: the names of all attacks.
  static func list() {
    var count = 0
    guard let catalogue = unsafe attack_catalogue(&count) else { return }
    for index in 0..<count { print(unsafe String(cString: catalogue[index].name)) }
  }

  /// `victim`: says its process and the marker's address, and waits until its input ends.
  static func beVictim() {
    attack_wait_as_victim()
  }

  /// `read PROCESS ADDRESS`: tries every way to that process's memory; the exit code is 0 where none
  /// worked, 1 where some did.
  static func read(_ words: ArraySlice<String>) -> Never {
    let numbers = words.compactMap { UInt($0) }
    guard numbers.count == 2 else {
      AttackProgram.leave("attack-probe read PROCESS ADDRESS", 64)
    }
    let worked = attack_read_process(pid_t(numbers[0]), numbers[1])
    fflush(nil)
    exit(worked == 0 ? 0 : 1)
  }
}
