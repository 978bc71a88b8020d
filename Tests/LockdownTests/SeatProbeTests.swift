// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Lockdown

/// Facts gathered from made-up system folders, and from this system.
@Suite struct SeatProbeTests {
  /// A folder of small files, gone with this object.
  private final class Folder {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("seat-\(UUID().uuidString)").path

    init(_ files: [String: String] = [:]) throws {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      for (name, text) in files { try write(text, name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, _ name: String) throws {
      let url = URL(fileURLWithPath: "\(path)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }

  private static let head = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"

  private static func row(_ name: String) -> String {
    "\(name)                              partition\t1048572\t\t0\t\t-2\n"
  }

  private static let devices = [
    "block/dm-0/dm/uuid": "CRYPT-LUKS2-0123-swap\n", "block/dm-1/dm/uuid": "LVM-abc\n",
    "block/dm-1/slaves/dm-0/x": "", "block/dm-2/dm/uuid": "LVM-def\n",
    "block/dm-2/slaves/sda2/x": "", "block/dm-3/dm/uuid": "LVM-ghi\n",
    "block/dm-3/slaves/sda2/x": "", "block/dm-3/slaves/dm-0/x": "",
    "block/dm-4/slaves/dm-4/x": "",
    "block/zram0/backing_dev": "none\n", "block/zram1/backing_dev": "/dev/sda3\n",
    "block/zram2/disksize": "1048576\n",
  ]

  @Test(arguments: [
    ("", Swap.none), (row("/dev/dm-0"), .encrypted), (row("/dev/dm-1"), .encrypted),
    (row("/dev/zram0"), .encrypted), (row("/dev/zram2"), .encrypted),
    (row("/dev/dm-0") + row("/dev/zram0"), .encrypted),
    (row("/dev/sda2"), .plain(["/dev/sda2"])), (row("/dev/dm-2"), .plain(["/dev/dm-2"])),
    (row("/dev/dm-3"), .plain(["/dev/dm-3"])), (row("/dev/dm-4"), .plain(["/dev/dm-4"])),
    (row("/dev/zram1"), .plain(["/dev/zram1"])), (row("/dev/zram9"), .plain(["/dev/zram9"])),
    (row("/swapfile"), .plain(["/swapfile"])),
    (row("/dev/dm-0") + row("/swapfile"), .plain(["/swapfile"])),
    (row("/dev/../dm-0"), .plain(["/dev/../dm-0"])),
  ])
  func swapIsToldApart(rows: String, swap: Swap) throws {
    let proc = try Folder(["swaps": Self.head + rows])
    let sys = try Folder(Self.devices)
    #expect(SeatProbe(proc: proc.path, sys: sys.path).swap == swap)
  }

  @Test func swapThatCannotBeReadIsUnknown() throws {
    let proc = try Folder()
    #expect(SeatProbe(proc: proc.path).swap == .unknown)
    try proc.write("what is this", "swaps")
    #expect(SeatProbe(proc: proc.path).swap == .unknown)
  }

  private func probe(_ shell: String?, user: UInt32 = geteuid()) -> SeatProbe {
    SeatProbe(user: user) { _ in shell.map { SeatProbe.Login(name: "mg", shell: $0) } }
  }

  @Test(arguments: [
    "/usr/sbin/nologin", "/sbin/nologin", "/bin/false", "/usr/local/bin/milkglass",
  ])
  func anAccountWithoutShellIsTheVaultsOwn(shell: String) throws {
    let vault = try Folder()
    #expect(probe(shell).account(of: vault.path) == .service(name: "mg"))
  }

  @Test(arguments: [
    "/bin/bash", "/bin/sh", "", "nologin", "/usr/bin/nologin2", "/opt/milkglass/bin/zsh",
  ])
  func aShellIsNamed(shell: String) throws {
    let vault = try Folder()
    #expect(probe(shell).account(of: vault.path) == .loginShell(name: "mg", shell: shell))
  }

  @Test(arguments: [0o700, 0o500, 0o710, 0o750, 0o701, 0o704, 0o755, 0o777] as [Int])
  func aFolderThatOthersEnterIsNamed(mode: Int) throws {
    let vault = try Folder()
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: vault.path)
    let account = probe("/bin/false").account(of: vault.path)
    #expect(
      account == (mode & 0o77 == 0 ? .service(name: "mg") : .openFolder(mode: UInt32(mode))))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: vault.path)
  }

  @Test func anotherOwnerAnUnknownAccountAndNoFolderAreTold() throws {
    let vault = try Folder()
    let user = geteuid()
    #expect(
      probe("/bin/false", user: user + 1).account(of: vault.path)
        == .notOwner(owner: user, user: user + 1))
    #expect(probe(nil).account(of: vault.path) == .unknown(user: user))
    #expect(
      probe("/bin/false").account(of: vault.path + "/missing")
        == .unexamined("stat: No such file or directory"))
  }

  @Test func theSystemKnowsItsAccounts() throws {
    let root = try #require(SeatProbe.systemLogin(0))
    #expect(root.name == "root" && root.shell.hasPrefix("/"))
    #expect(SeatProbe.systemLogin(4_000_000_001) == nil)
  }

  @Test func thisSystemAnswers() throws {
    let vault = try Folder()
    let report = SeatProbe().report(vault: vault.path)
    #expect(report.kernelRelease == SmallFile.read("/proc/sys/kernel/osrelease")?.dropLast(1) ?? "")
    #expect(report.kernelRelease.contains("."))
    #expect((0...100).contains(report.landlockVersion))
    #expect(report.hasSeccomp)
    #expect(report.swap != .unknown)
    #expect(report.secretMemory == SecretBytes.protection)
    #expect(report.lock == .current && report.grade >= .b)
    #expect(report.loadedCode != .unknown)
  }

  private static let map = "7f0000000000-7f0000001000"

  @Test(arguments: [
    ("", "", LoadedCode.own),
    ("HOME=/x\0LD_BIND_NOW=1\0", "", .own),
    ("LD_PRELOAD=/tmp/x.so\0A=LD_AUDIT=1\0", "", .foreign(["LD_PRELOAD"])),
    ("LD_LIBRARY_PATH=\0LD_AUDIT=x\0", "", .foreign(["LD_AUDIT", "LD_LIBRARY_PATH"])),
    ("", "\(map) r-xp 00000000 fe:00 12      /usr/bin/env\n", .own),
    ("", "\(map) r-xp 00000000 00:00 0       [vdso]\n", .own),
    ("", "\(map) r-xp 00000000 00:00 0\n", .own),
    ("", "\(map) rw-p 00000000 fe:00 12      /nowhere/data\n", .own),
    ("", "\(map) r-xp 00000000 fe:00 12      /nowhere/a b.so\n", .foreign(["/nowhere/a b.so"])),
    (
      "", "\(map) r-xp 00000000 fe:00 12      /usr/bin/env (deleted)\n",
      .foreign(["/usr/bin/env (deleted)"])
    ),
  ])
  func loadedCodeIsToldApart(environment: String, maps: String, code: LoadedCode) throws {
    let proc = try Folder(["self/environ": environment, "self/maps": maps])
    #expect(SeatProbe(proc: proc.path).loadedCode == code)
  }

  @Test func aLibraryThatOthersMayChangeIsForeign() throws {
    let proc = try Folder(["self/environ": "", "lib.so": "x"])
    let path = "\(proc.path)/lib.so"
    try proc.write("\(Self.map) r-xp 00000000 fe:00 12 \(path)\n", "self/maps")
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
    #expect(SeatProbe(proc: proc.path).loadedCode == .foreign([path]))
  }

  @Test func yamaIsReadWhereItIs() throws {
    let proc = try Folder(["sys/kernel/yama/ptrace_scope": "2\n"])
    #expect(SeatProbe(proc: proc.path).report(vault: proc.path).yama == 2)
  }

  @Test func whatTheKernelDoesNotSayIsEmpty() throws {
    let nothing = try Folder()
    let report = SeatProbe(proc: nothing.path, sys: nothing.path)
      .report(vault: nothing.path)
    #expect(report.kernelRelease.isEmpty && report.corePattern.isEmpty && report.swap == .unknown)
  }

  @Test func smallFilesAreReadWithinALimit() throws {
    let folder = try Folder(["big": String(repeating: "x", count: 300_000), "empty": ""])
    #expect((65_536..<70_000).contains(SmallFile.read("\(folder.path)/big")?.utf8.count ?? 0))
    #expect(SmallFile.read("\(folder.path)/empty") == "")
    #expect(SmallFile.read("\(folder.path)/none") == nil)
    #expect(SmallFile.read(folder.path) == nil)
    #expect(SmallFile.names(folder.path).sorted() == ["big", "empty"])
  }
}
