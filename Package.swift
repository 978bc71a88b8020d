// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// One of our Swift targets, with the settings that all of them share.
func layer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(
  _ name: String, _ dependencies: [Target.Dependency], path: String? = nil, exclude: [String] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: goldens[name, default: []],
    swiftSettings: strict)
}

let goldens = [
  "MilkglassTests": ["Golden"], "AttackTests": ["Golden"], "ReviewCoreTests": ["Golden"],
]

/// libFuzzer's program links with its library alone: `make fuzz` builds it, and nothing else does.
let fuzzers: [Target] =
  Context.environment["MILKGLASS_FUZZ"] == "1"
  ? [program("parser-fuzz", ["FuzzParsers"], path: "Tests/Fuzz/ParserProgram")] : []

let package = Package(
  name: "milkglass",
  products: [
    .executable(name: "milkglass", targets: ["milkglass"]),
    .executable(name: "milkglass-decoder", targets: ["milkglass-decoder"]),
    .executable(name: "scenegen", targets: ["scenegen"]),
    // Loaded into the program by tests alone; no target links it.
    .library(name: "milkglass-faults", type: .dynamic, targets: ["CFaults"]),
    .library(name: "attack-extension", type: .dynamic, targets: ["CAttackExtension"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // C, each in a room of its own.
    .systemLibrary(name: "CLibAV", providers: [.apt(["libavformat-dev", "libswscale-dev"])]),
    .systemLibrary(name: "CLibAVEncoding", providers: [.apt(["libavformat-dev"])]),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(
      name: "CVTerm", path: "Tests/CVTerm", providers: [.apt(["libvterm-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CSeccomp", providers: [.apt(["libseccomp-dev"])]),

    // The layers, lowest first; a test holds who may import whom.
    layer("Vocabulary"),
    layer("StrictTOML", [.product(name: "TOMLKit", package: "TOMLKit")]),
    .target(
      name: "Themes", dependencies: ["Vocabulary", "StrictTOML", "ReviewCore"], path: "Themes",
      resources: [
        "dark", "light", "high-contrast", "colour-blind", "mono", "console", "Keymaps/default",
        "Keymaps/mpv-like", "Keymaps/numpad", "Keymaps/left-handed",
      ].map { .embedInCode("\($0).toml") }, swiftSettings: strict),
    .target(
      name: "Words", dependencies: ["Vocabulary", "StrictTOML"],
      resources: [.embedInCode("en.toml"), .embedInCode("de.toml")], swiftSettings: strict),
    layer("Lockdown", ["Vocabulary", "CLinux", "CSeccomp"]),
    layer(
      "Sealing",
      [
        "Lockdown", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    layer("AuditLog", ["Vocabulary", "Sealing"]),
    layer("Veil", ["Vocabulary"]),
    layer("ClipDecoder", ["Vocabulary", "CLibAV"]),
    layer("DecoderLink", ["Vocabulary", "Veil", "Lockdown", "CLinux"]),
    layer("PictureRenderer", ["Vocabulary", "Veil"]),
    layer(
      "ClipVault",
      [
        "Vocabulary", "StrictTOML", "Sealing", "Lockdown",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    layer(
      "LabelStore",
      ["Vocabulary", "AuditLog", "Sealing", .product(name: "GRDB", package: "GRDB.swift")]),
    layer("ReviewCore", ["Vocabulary"]),
    layer("TerminalScreen", ["Vocabulary", "CNcurses", "CLinux"]),
    layer(
      "ReviewSession",
      [
        "Vocabulary", "Lockdown", "Veil", "DecoderLink", "PictureRenderer", "ClipVault",
        "LabelStore", "ReviewCore", "TerminalScreen", "StrictTOML", "Themes", "Words", "Sealing",
        "AuditLog",
      ]),

    // The programs.
    program(
      "milkglass",
      [
        "Vocabulary", "ClipVault", "ReviewSession", "Lockdown",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], exclude: ["milkglass.1", "kiosk.md"]),
    program(
      "milkglass-decoder",
      ["DecoderLink", "ClipDecoder", "Veil", "Lockdown", "Vocabulary"]),
    program("scenegen", ["CLibAVEncoding"]),

    // The tests, and the programs that only they run.
    .target(
      name: "TestSupport", dependencies: ["Vocabulary"], path: "Tests/Support",
      swiftSettings: strict),
    // Arithmetic over millions of numbers: optimised in debug builds too.
    .target(
      name: "StackingAttack", path: "Tests/StackingAttack",
      swiftSettings: strict + [.unsafeFlags(["-O"])]),
    program(
      "StoreCrasher", ["Vocabulary", "LabelStore", "AuditLog", "Sealing", "Lockdown"],
      path: "Tests/StoreCrasher"),
    program(
      "lying-decoder", ["Vocabulary", "Lockdown", "Veil", "DecoderLink", "CLinux"],
      path: "Tests/LyingDecoder"
    ),
    tests("VocabularyTests", ["Vocabulary", "TestSupport"]),
    tests("StrictTOMLTests", ["StrictTOML", "TestSupport"]),
    tests("WordsTests", ["Words", "Vocabulary", "StrictTOML"]),
    tests("ThemesTests", ["Themes", "ReviewCore", "Vocabulary", "StrictTOML"]),
    program(
      "LockProbe", ["Lockdown", "CLinux", "CSeccomp", "ClipDecoder", "Vocabulary"],
      path: "Tests/LockProbe"),
    tests(
      "LockdownTests",
      [
        "Lockdown", "Vocabulary", "Words", "PtySupport", "TerminalModels", "TestSupport",
        "ScreenProbe", "LockProbe",
      ]),
    tests("SealingTests", ["Sealing", "Lockdown", "TestSupport"]),
    tests("AuditLogTests", ["AuditLog", "Sealing", "Vocabulary", "TestSupport"]),
    tests(
      "ClipVaultTests",
      ["ClipVault", "Sealing", "Lockdown", "Vocabulary", "StrictTOML", "TestSupport"]),
    tests(
      "LabelStoreTests",
      [
        "Vocabulary", "LabelStore", "AuditLog", "Sealing", "Lockdown", "StoreCrasher",
        "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests("VeilTests", ["Veil", "Vocabulary", "TestSupport"]),
    tests(
      "ClipDecoderTests", ["ClipDecoder", "CLibAV", "Vocabulary", "TestSupport", "scenegen"]),
    tests(
      "DecoderLinkTests",
      [
        "Vocabulary", "Lockdown", "Veil", "DecoderLink", "TestSupport", "milkglass-decoder",
        "lying-decoder", "scenegen",
      ]),
    tests(
      "ReviewCoreTests",
      [
        "ReviewCore", "Words", "Vocabulary", "TerminalScreen", "TestSupport", "PtySupport",
        "TerminalModels", "ScreenProbe",
      ]),
    tests(
      "ReviewSessionTests",
      [
        "ReviewSession", "ReviewCore", "LabelStore", "Words", "Vocabulary", "ClipVault",
        "DecoderLink", "Lockdown", "Sealing", "TestSupport", "Veil",
      ]),
    tests("TidyTests", []),

    // The whole program in a pseudo-terminal.
    .target(
      name: "TerminalModels", dependencies: ["Vocabulary", "CVTerm"],
      path: "Tests/TerminalModels", swiftSettings: strict),
    .target(
      name: "PtySupport",
      dependencies: ["Vocabulary", "TerminalScreen", "TerminalModels", "CVTerm"],
      path: "Tests/PtySupport", swiftSettings: strict),
    .target(
      name: "HostileText", dependencies: ["TerminalScreen", "Vocabulary", "TestSupport"],
      path: "Tests/HostileText", swiftSettings: strict),
    program(
      "ScreenProbe",
      ["Vocabulary", "TerminalScreen", "Lockdown", "HostileText", "TestSupport", "Themes"],
      path: "Tests/ScreenProbe"),
    tests(
      "TerminalScreenTests",
      [
        "TerminalScreen", "Vocabulary", "PtySupport", "TerminalModels", "TestSupport",
        "ScreenProbe", "HostileText",
      ]),
    tests(
      "PictureRendererTests",
      [
        "PictureRenderer", "TerminalScreen", "Veil", "Vocabulary", "PtySupport", "TerminalModels",
        "TestSupport", "Photographs",
      ]),
    tests("ScenegenTests", ["CLibAVEncoding", "TestSupport", "scenegen"]),
    tests(
      "MilkglassTests",
      [
        "Vocabulary", "Words", "PtySupport", "TerminalModels", "TestSupport", "milkglass",
        "milkglass-decoder", "scenegen", "lying-decoder", "ClipDecoder", "Veil", "StackingAttack",
        "FaultSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ]),

    // What the vault promises, shown on the whole program.
    tests(
      "VaultProgramTests",
      [
        "Vocabulary", "ClipVault", "AuditLog", "Sealing", "Lockdown", "PtySupport",
        "TerminalModels", "TestSupport",
        "milkglass", "milkglass-decoder", "scenegen",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),

    // Damaged clips in real decoders: some in a suite, many by a program.
    .target(
      name: "FuzzClips",
      dependencies: ["DecoderLink", "Lockdown", "Veil", "Vocabulary", "TestSupport"],
      path: "Tests/Fuzz/Clips", swiftSettings: strict),
    program("clip-fuzz", ["FuzzClips", "TestSupport"], path: "Tests/Fuzz/ClipProgram"),
    // Damaged bytes before our own readers.
    .target(
      name: "FuzzParsers",
      dependencies: [
        "AuditLog", "ClipVault", "DecoderLink", "Lockdown", "ReviewCore", "Sealing", "StrictTOML",
        "Themes",
        "Veil", "Vocabulary",
      ], path: "Tests/Fuzz/Parsers", swiftSettings: strict),
    tests(
      "FuzzTests",
      [
        "FuzzClips", "FuzzParsers", "DecoderLink", "Vocabulary", "TestSupport",
        "milkglass-decoder", "lying-decoder", "scenegen",
      ]),

    // Attacks on our own locked processes, each with its positive control.
    .target(
      name: "CAttack", path: "Tests/Attack/CAttack",
      cSettings: [
        .define("_GNU_SOURCE"), .treatAllWarnings(as: .error),
        .enableWarning("all"),
      ], linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("util")]),
    .target(
      name: "CAttackExtension", path: "Tests/Attack/CAttackExtension",
      cSettings: [.treatAllWarnings(as: .error)]),
    program(
      "attack-probe", ["CAttack", "ClipVault", "Lockdown", "ReviewSession"],
      path: "Tests/Attack/Probe"),
    tests(
      "AttackTests",
      [
        "PtySupport", "TerminalModels", "TestSupport", "Vocabulary", "milkglass",
        "milkglass-decoder", "scenegen",
        "attack-probe",
      ]),

    // The whole program, killed or failed at one of its writes.
    .target(
      name: "CFaults", path: "Tests/Faults/CFaults",
      cSettings: [.treatAllWarnings(as: .error)]),
    .target(
      name: "FaultSupport", dependencies: ["TestSupport"], path: "Tests/Faults/FaultSupport",
      swiftSettings: strict),
    tests(
      "FaultTests",
      [
        "FaultSupport", "PtySupport", "TerminalModels", "TestSupport", "Vocabulary", "ClipVault",
        "LabelStore",
        "AuditLog", "Sealing", "Lockdown", "milkglass", "milkglass-decoder", "scenegen",
      ]),
    .target(
      name: "CPicturePeers", path: "Tests/CPicturePeers",
      cSettings: [
        .define("_GNU_SOURCE"), .treatAllWarnings(as: .error), .enableWarning("all"),
      ], linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "Photographs",
      dependencies: ["PictureRenderer", "Veil", "Vocabulary", "TerminalModels", "TestSupport"],
      // Numbers by the million: a debug build would take minutes for a photograph.
      path: "Tests/Photographs", swiftSettings: strict + [.unsafeFlags(["-O"])]),
    program(
      "picture-bench",
      [
        "PictureRenderer", "Veil", "Vocabulary", "TerminalModels", "CPicturePeers", "Photographs",
      ],
      path: "Tests/PictureBench"),
    program(
      "milkglass-bench",
      [
        "Vocabulary", "LabelStore", "ClipVault", "ReviewSession", "DecoderLink",
        "Lockdown", "Veil", "AuditLog", "Sealing",
      ], path: "Tests/Benchmarks"),
  ] + fuzzers
)
