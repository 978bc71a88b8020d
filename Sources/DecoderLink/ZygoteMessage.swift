// SPDX-License-Identifier: Apache-2.0

/// What the host tells the zygote, over their socket.
enum ZygoteOrder: Hashable {
  /// Fork a decoder for the four descriptors that come along: clip, ring, instructions (to read),
  /// reports (to write).
  case open(token: UInt32)
  /// End a decoder now (SIGKILL).
  case kill(token: UInt32)

  /// The number of descriptors that come with `open`.
  static let descriptorCount = 4

  /// The message's bytes.
  func encoded() -> [UInt8] {
    switch self {
    case .open(let token): zygoteMessage(kind: 1, token)
    case .kill(let token): zygoteMessage(kind: 2, token)
    }
  }

  /// Reads a message.
  init(_ bytes: [UInt8]) throws(LinkViolation) {
    var reader = WireReader(bytes)
    let kind = reader.take8()
    let token = reader.take32()
    switch kind {
    case 1: self = .open(token: token)
    case 2: self = .kill(token: token)
    default: throw .unknownKind(kind)
    }
    try reader.finish()
  }
}

/// What the zygote tells the host, over their socket.
enum ZygoteNotice: Hashable {
  /// It is ready and speaks this version of the protocol.
  case ready(version: UInt32)
  /// A decoder was forked.
  case started(token: UInt32, process: Int32)
  /// A decoder could not be forked; an errno value.
  case notStarted(token: UInt32, code: Int32)
  /// A decoder ended and was reaped.
  case ended(token: UInt32, ProcessEnd)

  /// The protocol's version: it changes with any message.
  static let version: UInt32 = 2

  /// The message's bytes.
  func encoded() -> [UInt8] {
    switch self {
    case .ready(let version): zygoteMessage(kind: 33, version)
    case .started(let token, let process): zygoteMessage(kind: 34, token, process)
    case .notStarted(let token, let code): zygoteMessage(kind: 35, token, code)
    case .ended(let token, .exited(let code)): zygoteMessage(kind: 36, token, code)
    case .ended(let token, .signalled(let signal)): zygoteMessage(kind: 37, token, signal)
    }
  }

  /// Reads a message.
  init(_ bytes: [UInt8]) throws(LinkViolation) {
    var reader = WireReader(bytes)
    let kind = reader.take8()
    let token = reader.take32()
    let value = Int32(bitPattern: reader.take32())
    switch kind {
    case 33: self = .ready(version: token)
    case 34: self = .started(token: token, process: value)
    case 35: self = .notStarted(token: token, code: value)
    case 36: self = .ended(token: token, .exited(code: value))
    case 37: self = .ended(token: token, .signalled(value))
    default: throw .unknownKind(kind)
    }
    try reader.finish()
  }
}

private func zygoteMessage(kind: UInt8, _ token: UInt32, _ value: Int32 = 0) -> [UInt8] {
  var writer = WireWriter(kind: kind)
  writer.put32(token)
  writer.put32(UInt32(bitPattern: value))
  return writer.finished()
}
