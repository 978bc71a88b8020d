// SPDX-License-Identifier: Apache-2.0

import Foundation
import Lockdown
@testable import Sealing
import Testing

/// The vectors of C2SP's collection for age, where a folder of them is at hand.
@Suite struct TestKitTests {
  static let folder = ProcessInfo.processInfo.environment["MILKGLASS_AGE_TESTKIT"]

  @Test(.enabled(if: folder != nil)) func everyVectorThatAppliesPasses() throws {
    let folder = URL(filePath: try #require(Self.folder))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    var passed = 0
    var notApplicable: [String] = []
    for name in names where name != "README.md" {
      let vector = try Vector([UInt8](Data(contentsOf: folder.appending(path: name))))
      guard vector.applies else {
        notApplicable.append(name)
        continue
      }
      let (outcome, released) = vector.run()
      #expect(outcome == vector.expectation, "\(name): \(vector.comment)")
      if let digest = vector.digest, let lenient = vector.lenient() {
        #expect(Digest.sha256(lenient).hex == digest, "\(name): what is there")
        #expect(lenient.starts(with: released), "\(name): what was released")
        #expect(outcome != "success" || released == lenient, "\(name)")
      }
      passed += outcome == vector.expectation ? 1 : 0
    }
    #expect(passed >= 92, "\(passed) passed")
    #expect(notApplicable.allSatisfy { $0.hasPrefix("armor") || $0.hasPrefix("hybrid") })
    print("age test vectors: \(passed) passed; not applicable: \(notApplicable.count)")
  }

  @Test func inflatesWhatZlibDeflated() throws {
    // Python: zlib.compress(b"milkglass " * 9, 9), and two bytes stored.
    let deflated: [UInt8] = [
      0x78, 0xDA, 0xCB, 0xCD, 0xCC, 0xC9, 0x4E, 0xCF, 0x49, 0x2C, 0x2E, 0x56, 0xC8, 0xA5, 0x32,
      0x0B, 0x00, 0x49, 0x7D, 0x23, 0x20,
    ]
    let text = String(repeating: "milkglass ", count: 9)
    #expect(try Inflate.zlib(deflated) == Array(text.utf8))
    let stored: [UInt8] = [0x78, 0x01, 0x01, 0x02, 0x00, 0xFD, 0xFF, 0x68, 0x69]
    #expect(try Inflate.zlib(stored) == Array("hi".utf8))
  }
}

/// One test vector: `key: value` lines, an empty line, the file.
struct Vector {
  private var fields: [String: [String]] = [:]
  private let file: [UInt8]

  init(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 0x0A), end > rest.startIndex {
      let line = String(decoding: rest[..<end], as: UTF8.self)
      let colon = try #require(line.firstRange(of: ": "))
      fields[String(line[..<colon.lowerBound]), default: []].append(
        String(line[colon.upperBound...]))
      rest = rest[(end + 1)...]
    }
    let body = Array(rest.dropFirst())
    file = fields["compressed"] == nil ? body : try Inflate.zlib(body)
  }

  var expectation: String { fields["expect"]?.first ?? "" }
  var comment: String { fields["comment"]?.first ?? "" }
  var digest: String? { fields["payload"]?.first }
  /// Armour and the post-quantum recipient are not implemented.
  var applies: Bool {
    fields["armored"] == nil
      && !(fields["identity"] ?? []).contains { !$0.hasPrefix("AGE-SECRET-KEY-1") }
  }

  /// What came of opening the file, and what was released until then.
  func run() -> (String, [UInt8]) {
    var released: [UInt8] = []
    do {
      let header = try AgeHeader(parsing: file.span)
      let key = try key(header)
      let payload = file.span.extracting(droppingFirst: header.bytes.count)
      guard payload.count >= 16 else { return ("header failure", []) }
      try AgePayload.open(payload, key) { chunk in
        for index in chunk.indices { released.append(chunk[index]) }
      }
      return ("success", released)
    } catch {
      let outcome =
        switch error {
        case SealingError.header: "header failure"
        case SealingError.noMatch: "no match"
        case SealingError.headerChanged: "HMAC failure"
        case SealingError.payload: "payload failure"
        default: "\(error)"
        }
      return (outcome, released)
    }
  }

  /// What a reader releases that takes each chunk for the last only when it must: never less than
  /// ours, which knows the size beforehand.
  func lenient() -> [UInt8]? {
    guard let header = try? AgeHeader(parsing: file.span), let key = try? key(header),
      file.count >= header.bytes.count + 16
    else { return nil }
    let payload = Array(file[header.bytes.count...])
    let stream = AgeStream(key, nonce: Array(payload[..<16]))
    var released: [UInt8] = []
    for (index, start) in stride(from: 16, to: payload.count, by: 65552).enumerated() {
      let sealed = Array(payload[start..<min(start + 65552, payload.count)])
      if sealed.count == 65552,
        let plain = try? stream.open(sealed.span, index: index, isLast: false)
      {
        released += plain
        continue
      }
      return released + ((try? stream.open(sealed.span, index: index, isLast: true)) ?? Data())
    }
    return released
  }

  private func key(_ header: AgeHeader) throws -> AgeFileKey {
    if let passphrase = fields["passphrase"]?.first {
      return try header.key(passphrase: SecretBytes(passphrase), maxWorkFactor: 22)
    }
    return try header.key(
      try (fields["identity"] ?? []).map { try AgeIdentity(text: SecretBytes($0)) })
  }
}
