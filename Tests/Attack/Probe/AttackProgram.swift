// SPDX-License-Identifier: Apache-2.0
import CAttack
import Glibc
import Lockdown

/// Runs the catalogue, prints the table of both results and says whether the locks hold.
///
/// Unsafe uses: the catalogue and the setting are C structures of pointers that live as long as the
/// process.
enum AttackProgram {
  /// The profile whose lock the forked children take; a C function cannot carry it.
  nonisolated(unsafe) private static var profile = Profile.decoder

  /// Whether the locks are taken; without them the judge must find fault with everything.
  nonisolated(unsafe) private static var locks = true

  /// `attack-probe [--user USER] [--unlocked] [PROFILE…]`: all of them where none is named.
  static func run(_ words: [String]) -> Never {
    var words = words
    if words.first == "--user", words.count > 1, let user = uid_t(words[1]) {
      let error = attack_become(user)
      guard error == 0 else { leave("attack-probe: \(Outcome.name(error))", 71) }
      words.removeFirst(2)
    }
    if words.first == "--unlocked" {
      unsafe locks = false
      words.removeFirst()
    }
    let profiles = words.isEmpty ? Profile.allCases : words.compactMap(Profile.init(rawValue:))
    guard words.isEmpty || profiles.count == words.count else {
      let names = Profile.allCases.map(\.rawValue).joined(separator: "|")
      leave("attack-probe [--user USER] [--unlocked] [\(names)]…", 64)
    }
    // Attacks on the parent are meant to reach it, not to end it.
    attack_ignore(SIGUSR1)
    var isOff = false
    for profile in profiles where !attack(profile) { isOff = true }
    fflush(nil)
    exit(isOff ? 1 : 0)
  }

  /// Says a sentence on the error stream and ends.
  static func leave(_ sentence: String, _ code: Int32) -> Never {
    let bytes = Array((sentence + "\n").utf8)
    _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
    exit(code)
  }

  /// Whether every attack that works unlocked is refused locked.
  private static func attack(_ profile: Profile) -> Bool {
    unsafe self.profile = profile
    guard let memory = unsafe attack_make_outcome() else { leave("attack-probe: no memory", 71) }
    var table = Table(profile)
    var count = 0
    guard let catalogue = unsafe attack_catalogue(&count) else { return false }
    for index in 0..<count where unsafe catalogue[index].profiles & profile.bit != 0 {
      let name = unsafe String(cString: catalogue[index].name)
      let outcomes = [false, true].map { isLocked in
        unsafe attempt(catalogue + index, isLocked: isLocked, memory)
      }
      table.add(name, unlocked: outcomes[0], locked: outcomes[1])
    }
    table.close()
    return table.isSound
  }

  private static func attempt(
    _ probe: UnsafePointer<attack_probe>, isLocked: Bool,
    _ memory: UnsafeMutablePointer<attack_outcome>
  ) -> Outcome {
    let lock: @convention(c) (UnsafePointer<CChar>?, Int32, Int32, Int32) -> Int32 = {
      folder, step, parent, socket in
      guard let folder = unsafe folder else { return EINVAL }
      let path = unsafe String(cString: folder)
      do throws(SystemError) {
        try unsafe AttackProgram.profile.lock(
          folder: path, step: step, parent: parent, socket: socket)
        return 0
      } catch { return error.code }
    }
    return unsafe "/tmp".withCString { temporary in
      unsafe "/bin/true".withCString { program in
        unsafe library.withCString { library in
          var setting = unsafe attack_setting(
            temporary: temporary, program: program, library: library,
            has_zygote: profile.hasZygote, lock: isLocked && locks ? lock : nil)
          let error = unsafe attack_attempt(probe, &setting, memory)
          guard error == 0 else { return .odd("no scene: \(Outcome.name(error))") }
          return unsafe Outcome(memory.pointee)
        }
      }
    }
  }

  /// The library that lies beside this program.
  private static let library: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
    let path = String(
      decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/libattack-extension.so"
  }()
}
