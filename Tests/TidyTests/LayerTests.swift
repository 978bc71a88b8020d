// SPDX-License-Identifier: Apache-2.0

import Testing

/// Holds the table of the architecture: who may import whom, and where the dangerous calls stand.
@Suite struct LayerTests {
  /// What each target may import beyond the Swift standard library.
  static let allowed: [String: Set<String>] = [
    "Vocabulary": [],
    "StrictTOML": ["Vocabulary", "TOMLKit", "Foundation"],
    "Themes": ["Vocabulary", "StrictTOML", "ReviewCore", "Foundation"],
    "Words": ["Vocabulary", "StrictTOML", "Foundation"],
    "Lockdown": ["Vocabulary", "CLinux", "CSeccomp", "Glibc", "Synchronization"],
    "Sealing": [
      "Lockdown", "Crypto", "CryptoExtras", "Dispatch", "Foundation", "Glibc", "Synchronization",
    ],
    "AuditLog": ["Vocabulary", "Sealing", "Foundation"],
    "Veil": ["Vocabulary"],
    "ClipDecoder": ["Vocabulary", "CLibAV", "Glibc"],
    "DecoderLink": ["Vocabulary", "Veil", "Lockdown", "CLinux", "Glibc"],
    "PictureRenderer": ["Vocabulary", "Veil"],
    "ClipVault": [
      "Vocabulary", "StrictTOML", "Sealing", "Lockdown", "Crypto", "Foundation", "Glibc",
      "Synchronization",
    ],
    "LabelStore": [
      "Vocabulary", "AuditLog", "Sealing", "GRDB", "Foundation", "Glibc", "Synchronization",
    ],
    "ReviewCore": ["Vocabulary"],
    "TerminalScreen": ["Vocabulary", "CNcurses", "CLinux", "Glibc", "Synchronization"],
    "ReviewSession": [
      "Vocabulary", "Lockdown", "Veil", "DecoderLink", "PictureRenderer", "ClipVault", "LabelStore",
      "ReviewCore", "TerminalScreen", "StrictTOML", "Themes", "Words", "Sealing", "AuditLog",
      "Foundation", "Glibc", "Synchronization",
    ],
    "milkglass": [
      "Vocabulary", "ReviewSession", "ClipVault", "Lockdown", "ArgumentParser", "Foundation",
      "Glibc",
    ],
    "milkglass-decoder": [
      "Vocabulary", "DecoderLink", "ClipDecoder", "Veil", "Lockdown", "CLinux", "Glibc",
    ],
    "scenegen": ["CLibAVEncoding", "FoundationEssentials", "Glibc"],
  ]

  @Test func everyImportIsAllowed() {
    var imports = 0
    for file in SourceTree.files {
      guard let allowed = Self.allowed[file.target] else {
        Issue.record("\(file.path): target \(file.target) is not in the table of layers")
        continue
      }
      for (number, line) in file.lines.enumerated() {
        guard let module = Self.importedModule(line) else { continue }
        imports += 1
        #expect(
          allowed.contains(module), "\(file.path):\(number + 1): may not import \(module)")
      }
    }
    #expect(imports > 50, "the test must see the imports it judges")
  }

  @Test func recognisesEveryFormOfImport() {
    #expect(Self.importedModule("import Foundation") == "Foundation")
    #expect(Self.importedModule("package import Vocabulary") == "Vocabulary")
    #expect(Self.importedModule("@preconcurrency internal import CNcurses") == "CNcurses")
    #expect(Self.importedModule("import struct Foundation.URL") == "Foundation")
    #expect(Self.importedModule("// import Foundation") == nil)
  }

  @Test func veiledFramesAreAdoptedInOneFileOnly() {
    let callers = SourceTree.files.filter { file in
      file.target != "Veil" && file.lines.contains { $0.contains("VeiledFrame.adopt(") }
    }
    #expect(Set(callers.map(\.target)) == ["DecoderLink"])
    #expect(callers.count == 1, "\(callers.map(\.path))")
    let windows = SourceTree.files.filter { file in
      file.target != "Veil" && file.lines.contains { $0.contains("ClearWindow.adopt(") }
    }
    #expect(windows.map(\.path) == callers.map(\.path))
  }

  @Test func looksAreGrantedByTheStoreAlone() {
    let receipts = SourceTree.files.filter { file in
      file.lines.contains { line in
        line.contains("LookReceipt(") || line.contains("LookReceipt.init")
      }
    }
    #expect(receipts.map(\.path) == ["Sources/LabelStore/LabelStore+Looks.swift"])
    // A receipt turns into a grant in one place: where the core asked for the picture.
    let grants = SourceTree.files.filter { file in
      file.target != "Veil"
        && file.lines.contains {
          $0.contains(".look(receipt, began") || $0.contains("ClearGrant.look(")
        }
    }
    #expect(grants.map(\.path) == ["Sources/ReviewSession/ReviewSession+Looks.swift"])
  }

  @Test func rendererNeverSeesARawFrame() {
    for file in SourceTree.files where ["PictureRenderer", "TerminalScreen"].contains(file.target) {
      #expect(!file.lines.contains { $0.contains("RawFrame") }, "\(file.path)")
    }
  }

  @Test func encodersAreNamedInSceneGenOnly() {
    let forbidden = [
      "avcodec_send_frame", "avformat_write_header", "av_write_frame", "av_interleaved_write_frame",
      "avformat_alloc_output_context2", "avcodec_find_encoder", "avio_open",
    ]
    var seenInSceneGen = false
    for file in SourceTree.files {
      for name in forbidden where file.lines.contains(where: { $0.contains(name) }) {
        if file.target == "scenegen" { seenInSceneGen = true }
        #expect(file.target == "scenegen", "\(file.path): names \(name)")
      }
    }
    #expect(seenInSceneGen, "the positive control must be found")
  }

  @Test func unsafeCodeStaysInItsRooms() {
    let rooms: Set<String> = [
      "ClipDecoder", "DecoderLink", "Lockdown", "TerminalScreen", "milkglass-decoder", "scenegen",
    ]
    // Outside the rooms only thin calls into the C library, each in a file of few lines.
    let thin: Set<String> = [
      "ReviewSession", "ClipVault", "LabelStore", "Sealing", "milkglass",
    ]
    // The vault's one file of system calls: SwiftPM gives a room only to a whole target.
    let disk = "Sources/ClipVault/VaultDisk.swift"
    for file in SourceTree.files where !rooms.contains(file.target) && file.path != disk {
      let marks = file.lines.filter { line in
        let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
        return code.contains(/\bunsafe\b/) || code.contains("@unchecked")
      }
      let limit = thin.contains(file.target) ? 12 : 0
      #expect(marks.count <= limit, "\(file.path): \(marks.count) uses of unsafe")
    }
  }

  static func importedModule(_ line: String) -> String? {
    let pattern =
      /^(?:@\w+ )*(?:package |internal |private |fileprivate |public )?import (?:struct |enum |class |func |protocol |typealias |var )?(\w+)/
    guard let match = line.firstMatch(of: pattern) else { return nil }
    return String(match.1)
  }
}
