// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc

/// Gathers a seat's facts from the system.
package struct SeatProbe: Sendable {
  /// An account's name and login shell.
  package struct Login: Hashable, Sendable {
    package let name: String
    package let shell: String

    /// Makes one.
    package init(name: String, shell: String) {
      self.name = name
      self.shell = shell
    }
  }

  let proc: String
  private let sys: String
  private let user: UInt32
  private let login: @Sendable (UInt32) -> Login?

  /// Looks at this system; tests name other folders, user id and accounts.
  package init(
    proc: String = "/proc", sys: String = "/sys", user: UInt32 = geteuid(),
    login: @escaping @Sendable (UInt32) -> Login? = SeatProbe.systemLogin
  ) {
    self.proc = proc
    self.sys = sys
    self.user = user
    self.login = login
  }

  /// All facts, for the vault in that folder; what cannot be found out counts against the seat.
  ///
  /// How secrets are protected is tried on one made for it.
  package func report(vault folder: String) -> SeatReport {
    let kernel = LockOffer.kernel
    return SeatReport(
      secretMemory: SecretBytes(count: 32) { _ in }.protection, swap: swap,
      account: account(of: folder), lock: .current,
      landlockVersion: kernel.landlockVersion, hasSeccomp: kernel.hasFilters,
      canDenyWritableCode: kernel.refusesExecutableMemory,
      canDenyMemoryCode: kernel.hasUnexecutableFiles, loadedCode: loadedCode,
      yama: Int(line("\(proc)/sys/kernel/yama/ptrace_scope")),
      corePattern: line("\(proc)/sys/kernel/core_pattern"),
      kernelRelease: line("\(proc)/sys/kernel/osrelease"))
  }

  // MARK: - The account

  /// As whom the vault in that folder is used by this process.
  ///
  /// Unsafe use: `stat` fills the structure it is given.
  func account(of folder: String) -> SeatAccount {
    var status = stat()
    guard unsafe stat(folder, &status) == 0 else {
      return .unexamined(SystemError(call: "stat", code: errno).sentence)
    }
    guard status.st_uid == user else { return .notOwner(owner: status.st_uid, user: user) }
    guard let login = login(user) else { return .unknown(user: user) }
    guard Self.isNoShell(login.shell) else {
      return .loginShell(name: login.name, shell: login.shell)
    }
    guard status.st_mode & 0o077 == 0 else { return .openFolder(mode: status.st_mode & 0o7777) }
    return .service(name: login.name)
  }

  /// Whether an account with that login shell can run nothing but Milkglass; none named means sh.
  static func isNoShell(_ path: String) -> Bool {
    guard path.hasPrefix("/"), let name = path.split(separator: "/").last else { return false }
    return ["nologin", "false", "milkglass", "milkglass-kiosk"].contains(name)
  }

  /// The system's own answer (`getpwuid_r(3)`); nil where it knows no such account.
  ///
  /// Unsafe uses: the entry's strings lie in `text`, which lives until they are copied.
  package static func systemLogin(_ user: UInt32) -> Login? {
    var entry = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>?
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 65_536) { text in
      guard let start = text.baseAddress,
        unsafe getpwuid_r(user, &entry, start, text.count, &found) == 0,
        unsafe found != nil, let name = unsafe entry.pw_name, let shell = unsafe entry.pw_shell
      else { return nil }
      return unsafe Login(name: String(cString: name), shell: String(cString: shell))
    }
  }

  // MARK: - Swap

  /// What the kernel swaps to (`proc(5)`, swaps).
  var swap: Swap {
    guard let text = SmallFile.read("\(proc)/swaps") else { return .unknown }
    let rows = text.split(separator: "\n")
    guard rows.first?.hasPrefix("Filename") == true else { return .unknown }
    let areas = rows.dropFirst().compactMap { $0.split { $0 == " " || $0 == "\t" }.first }
    if areas.isEmpty { return .none }
    let plain = areas.map(String.init).filter { !isSafe(area: $0) }
    return plain.isEmpty ? .encrypted : .plain(plain)
  }

  private func isSafe(area: String) -> Bool {
    guard area.hasPrefix("/dev/") else { return false }
    return isSafe(device: String(area.dropFirst("/dev/".count)), depth: 0)
  }

  /// Whether a block device is encrypted, or memory, or lies on such devices alone.
  private func isSafe(device: String, depth: Int) -> Bool {
    guard depth < 8, !device.isEmpty, !device.contains("/"), device != ".." else { return false }
    let folder = "\(sys)/block/\(device)"
    if device.hasPrefix("zram") {
      // A zram device may write back to a disk; one that cannot has no such file.
      let backing = line("\(folder)/backing_dev")
      return backing == "none" || backing.isEmpty && SmallFile.read("\(folder)/disksize") != nil
    }
    if line("\(folder)/dm/uuid").hasPrefix("CRYPT-") { return true }
    let below = SmallFile.names("\(folder)/slaves")
    return !below.isEmpty && below.allSatisfy { isSafe(device: $0, depth: depth + 1) }
  }

  func line(_ path: String) -> String {
    let first = SmallFile.read(path)?.split(separator: "\n", maxSplits: 1).first
    return first.map(String.init) ?? ""
  }
}
