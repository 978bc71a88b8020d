// SPDX-License-Identifier: Apache-2.0
import Foundation
import PtySupport
import Testing

/// What our object files and our release binaries refer to.
@Suite struct SymbolTests {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Our targets, as the folders of the sources say; `Themes` lies beside them.
  static func targets() throws -> [String] {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "Sources").path)
    return (folders + ["Themes"]).filter { name in
      let folder = root.appending(path: name == "Themes" ? name : "Sources/\(name)")
      let walk = FileManager.default.enumerator(atPath: folder.path)
      while let path = walk?.nextObject() as? String {
        if path.hasSuffix(".swift") { return true }
      }
      return false
    }.sorted()
  }

  /// The names that a file refers to and does not define, without versions.
  static func undefined(_ files: [String], isDynamic: Bool = false) throws -> Set<String> {
    guard !files.isEmpty else { return [] }
    let options = ["-P", "-u"] + (isDynamic ? ["-D"] : [])
    let run = try Finished(["/usr/bin/nm"] + options + files, environment: ["LC_ALL": "C"])
    try #require(run.code == 0, "nm: \(run.errors)")
    let names = run.output.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ")
      guard words.count >= 2, ["U", "w", "v"].contains(words[1]) else { return nil }
      return String(words[0].split(separator: "@")[0])
    }
    return Set(names)
  }

  static func objects(of target: String) throws -> [String] {
    let products = BuiltProgram.path("")
    let folder = products + target.replacingOccurrences(of: "-", with: "_") + ".build"
    return try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".o") }.map { "\(folder)/\($0)" }.sorted()
  }

  @Test func noObjectNamesAWayOut() throws {
    let targets = try Self.targets()
    #expect(targets.count >= 17, "\(targets)")
    for target in targets {
      let objects = try Self.objects(of: target)
      #expect(!objects.isEmpty, "\(target) is not built")
      let allowed = SymbolRules.exceptions[target] ?? []
      for (name, kind) in SymbolRules.offences(try Self.undefined(objects))
      where !allowed.contains(name) {
        Issue.record("\(target) refers to \(name) (\(kind))")
      }
    }
  }

  /// Every exception is one: the list finds each name where it is, and forgets none that has gone.
  @Test func everyExceptionIsFound() throws {
    for (target, names) in SymbolRules.exceptions {
      let found = SymbolRules.offences(try Self.undefined(try Self.objects(of: target)))
      for name in names { #expect(found[name] != nil, "\(target) no longer refers to \(name)") }
    }
  }

  /// `syscall` could be any call: it stands in the C headers, which are read by eye.
  @Test func rawSystemCallsStandInTheHeaders() throws {
    var files: [String] = []
    let walk = FileManager.default.enumerator(atPath: Self.root.appending(path: "Sources").path)
    while let path = walk?.nextObject() as? String {
      guard [".swift", ".h", ".c"].contains(where: path.hasSuffix) else { continue }
      let text = try String(
        contentsOf: Self.root.appending(path: "Sources/\(path)"), encoding: .utf8)
      if text.contains(#/\bsyscall\(/#) { files.append(path) }
    }
    #expect(files.contains("CLinux/shim.h"))
    #expect(files.allSatisfy { $0.hasPrefix("CLinux/") || $0 == "CNcurses/shim.h" }, "\(files)")
  }

  // MARK: - Release binaries

  /// Where the release programs lie, if they are to be compared.
  static let release = ProcessInfo.processInfo.environment["MILKGLASS_RELEASE"]

  @Test(
    .enabled(if: release != nil, "make attack builds the release programs"),
    arguments: ["milkglass", "milkglass-decoder"])
  func theReleaseProgramNamesWhatItDid(program: String) throws {
    let folder = try #require(Self.release)
    let names = try Self.undefined(
      [Self.root.appending(path: "\(folder)/\(program)").path], isDynamic: true)
    #expect(names.count > 50)
    let ours = try Self.targets().filter { $0 != "scenegen" }.reduce(into: Set<String>()) {
      try $0.formUnion(Self.undefined(Self.objects(of: $1)))
    }
    let text = try Self.golden(names, ours: ours)
    let file = Self.root.appending(path: "Tests/AttackTests/Golden/\(program).symbols")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    let (now, then) = (Set(text.split(separator: "\n")), Set(kept.split(separator: "\n")))
    #expect(now.subtracting(then).isEmpty, "new: \(now.subtracting(then).sorted())")
    #expect(then.subtracting(now).isEmpty, "gone: \(then.subtracting(now).sorted())")
  }

  /// The golden list: what our objects name, what only libraries bring, and of that what the locks
  /// refuse, each with the attack that shows it.
  static func golden(_ names: Set<String>, ours: Set<String>) throws -> String {
    let attacks = Set(
      try Finished([Seat.probe, "list"]).output.split(separator: "\n").map(String.init))
    let brought = names.subtracting(ours)
    let dangerous = SymbolRules.offences(brought).keys.filter { brought.contains($0) }.sorted()
    var text = "# Named by our own objects.\n"
    text += names.intersection(ours).sorted().map { "ours \($0)\n" }.joined()
    text += "# Brought by Foundation, GRDB, swift-crypto or Swift itself; refused by the locks.\n"
    for name in dangerous {
      let attack = try #require(SymbolRules.coveredBy[name], "no attack shows \(name) refused")
      #expect(attacks.contains(attack), "\(name): there is no attack \(attack)")
      text += "refused \(name): \(attack)\n"
    }
    text += "# Brought by them, and harmless.\n"
    text += brought.subtracting(dangerous).sorted().map { "brought \($0)\n" }.joined()
    return text
  }

  /// The list is not blind: names of each kind are told apart.
  @Test func theGoldenListTellsGroupsApart() throws {
    let text = try Self.golden(["read", "socket", "strlen"], ours: ["read"])
    #expect(text.contains("ours read\n"))
    #expect(text.contains("refused socket: socket: INET, stream\n"))
    #expect(text.contains("brought strlen\n"))
  }
}
