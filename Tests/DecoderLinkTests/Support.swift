// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
import TestSupport
import Testing
import Vocabulary

@testable import DecoderLink

/// The programs that are built beside the tests.
enum Built {
  static func program(_ name: String) throws -> String {
    let path = ClipMaker.productsDirectory.appending(path: name).path
    try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) is not built")
    return path
  }

  /// A computed test card of 160 × 90, one second long, ten pictures a second, unless the options
  /// say otherwise.
  static func card(_ options: [String] = []) throws -> SealedClip {
    try SealedClip(try ClipMaker.card(options))
  }

  /// What a program says first on a pipe, at most 256 bytes.
  static func words(_ pipe: Pipe) -> String {
    let number = pipe.fileHandleForReading.fileDescriptor
    var bytes = [UInt8](repeating: 0, count: 256)
    while true {
      // At most the array's own count is read.
      let count = unsafe read(number, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
  }
}

/// A host and its decoders, driven until something happens.
final class Driver {
  let host: DecoderHost
  private var heard: [HostEvent] = []

  init(_ program: String = "milkglass-decoder") throws {
    host = try DecoderHost.start(executable: try Built.program(program))
  }

  static let size = PixelSize(width: 160, height: 90)
  static let id = ClipID(high: 7, low: 9)

  /// The wall clock is only for giving up; deadlines are tested with times of our own.
  static func now() -> Int64 { Int64(ProcessInfo.processInfo.systemUptime * 1000) }

  static func play(
    finest: Frost = .frosted, isClear: Bool = false, size: PixelSize = Driver.size,
    raster: PixelSize = PixelSize(width: 80, height: 80), isPrefetch: Bool = false,
    mayLook: Bool = false, regions: [Region] = []
  ) -> DecodeRequest {
    let facts = ClipFacts(
      size: size, pixelAspect: .one, duration: MediaTime(milliseconds: 1000), frameCount: 10,
      frameRate: Ratio(10, 1), codec: "h264", greys: .even)
    return .play(
      clip: id, facts: facts, sceneWidthMillimetres: Camera.unknownSceneWidthMillimetres,
      finest: isClear ? .clear : finest, grant: isClear ? Staff.grant(facts) : nil,
      mayLook: mayLook, regions: regions, raster: Raster(limit: raster, pixelAspect: .one),
      isPrefetch: isPrefetch)
  }

  static let probe = DecodeRequest.probe(
    clip: id, sceneWidthMillimetres: Camera.unknownSceneWidthMillimetres)

  func open(_ request: DecodeRequest, _ clip: SealedClip) throws -> DecoderHandle {
    try host.open(request, clip: clip, nowMilliseconds: Self.now())
  }

  /// Opens a clip of these words: what the lying decoder is told to do.
  func open(_ request: DecodeRequest, lie: String) throws -> DecoderHandle {
    try open(request, try SealedClip(Array(lie.utf8)))
  }

  /// Takes events until one is as wanted, nothing more can come, or 20 s are over.
  @discardableResult
  func run(
    _ handle: DecoderHandle, until isWanted: (DecoderEvent) -> Bool
  ) -> [DecoderEvent] {
    var events: [DecoderEvent] = []
    let end = Self.now() + 20_000
    while Self.now() < end {
      wait([host.fileDescriptor, handle.fileDescriptor])
      heard += host.receive()
      let new = handle.receive(nowMilliseconds: Self.now())
      events += new
      if new.contains(where: isWanted) || new.contains(where: \.isFailure) { return events }
    }
    Issue.record("the decoder did not come to it: \(events.last.map { "\($0)" } ?? "nothing")")
    return events
  }

  /// Runs a clip to its end and gives the failure.
  func failure(_ handle: DecoderHandle) -> DecoderFailure? {
    run(handle) { _ in false }.compactMap { event in
      if case .failed(let failure) = event { failure } else { nil }
    }.first
  }

  /// Hears the zygote until it says, or has said, what is wanted; false after 20 s.
  func hear(_ isWanted: (HostEvent) -> Bool) -> Bool {
    let end = Self.now() + 20_000
    while !heard.contains(where: isWanted) {
      guard Self.now() < end, host.fileDescriptor != nil else { return false }
      wait([host.fileDescriptor])
      heard += host.receive()
    }
    return true
  }

  /// The process id of a handle's decoder, which may be told after what the decoder says itself.
  func process(_ handle: DecoderHandle) throws -> Int32 {
    let end = Self.now() + 20_000
    while handle.processID == nil, host.fileDescriptor != nil, Self.now() < end {
      wait([host.fileDescriptor])
      heard += host.receive()
    }
    return try #require(handle.processID)
  }

  func wait(_ descriptors: [Int32?]) {
    var waits = descriptors.compactMap { $0 }
      .map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // The array's own count is passed.
    _ = unsafe poll(&waits, nfds_t(waits.count), 50)
  }
}

extension DecoderEvent {
  var isFailure: Bool { if case .failed = self { true } else { false } }
  var isComplete: Bool { if case .passComplete = self { true } else { false } }
  var isOpened: Bool { if case .opened = self { true } else { false } }
  var isTimeline: Bool { if case .timeline = self { true } else { false } }
  var isFrame: Bool { if case .frame = self { true } else { false } }
}

/// What `/proc` says of a process.
enum ProcessTable {
  /// Whether it runs: neither gone nor a zombie.
  static func isAlive(_ process: Int32) -> Bool {
    guard let state = state(process) else { return false }
    return state != "Z" && state != "X"
  }

  /// The state's letter; nil where there is no such process.
  static func state(_ process: Int32) -> Character? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return nil }
    return text[name...].dropFirst(2).first
  }

  /// Waits until it runs no more; false after 20 s.
  static func waitForEnd(_ process: Int32) -> Bool {
    let end = Driver.now() + 20_000
    while Driver.now() < end {
      if !isAlive(process) { return true }
      usleep(2_000)
    }
    return false
  }

  /// What its descriptors lead to.
  static func descriptors(_ process: Int32) throws -> [String] {
    let folder = "/proc/\(process)/fd"
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map {
      try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
    }
  }
}
