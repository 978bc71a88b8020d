// SPDX-License-Identifier: Apache-2.0

internal import Lockdown
package import Sealing

/// A person whose keys are at hand.
package final class Identity: Sendable {
  /// Who it is, as the list of people says.
  package let person: Person
  let keys: IdentityKeys

  /// Opens what is sealed to the person.
  package var age: AgeIdentity { keys.age }
  /// Signs for the person.
  package var signing: SigningKey { keys.signing }

  /// Joins a person and their keys; the caller knows that they belong together.
  init(person: Person, keys: IdentityKeys) {
    self.person = person
    self.keys = keys
  }
}

/// The two keys of a person, and their form inside an identity file.
///
/// Shape: two lines, `AGE-SECRET-KEY-1…` and `ed25519 ` with the base64 of the seed.
struct IdentityKeys: Sendable {
  let age: AgeIdentity
  let signing: SigningKey

  /// Makes random keys.
  init() {
    age = AgeIdentity()
    signing = SigningKey()
  }

  /// Reads the text; `key` where it has another form.
  init(text: SecretBytes) throws(SealingError) {
    let first = text.withSpan { bytes in bytes.indices.first { bytes[$0] == Self.lineEnd } }
    guard let first, text.count == first + 1 + Self.secondLineByteCount else { throw .key }
    let ageLine = SecretBytes(count: first) { span in
      text.withSpan { bytes in
        for index in 0..<first {
          span.storeBytes(of: bytes[index], toByteOffset: index, as: UInt8.self)
        }
      }
    }
    let isWellFormed = text.withSpan { bytes in
      bytes[bytes.count - 1] == Self.lineEnd
        && Self.mark.indices.allSatisfy { bytes[first + 1 + $0] == Self.mark[$0] }
    }
    guard isWellFormed else { throw .key }
    let seed = try text.withSpan { (bytes) throws(SealingError) in
      let start = first + 1 + Self.mark.count
      return try SecretBytes(
        base64: bytes.extracting(start..<(start + Self.seedTextByteCount)), count: 32)
    }
    age = try AgeIdentity(text: ageLine)
    signing = try SigningKey(seed: seed)
  }

  /// The text, in locked memory.
  var text: SecretBytes {
    let ageLine = age.text
    let seed = signing.secret.base64
    return SecretBytes(count: ageLine.count + 1 + Self.secondLineByteCount) { span in
      var at = 0
      func put(_ byte: UInt8) {
        span.storeBytes(of: byte, toByteOffset: at, as: UInt8.self)
        at += 1
      }
      ageLine.withSpan { bytes in for index in bytes.indices { put(bytes[index]) } }
      put(Self.lineEnd)
      for byte in Self.mark { put(byte) }
      seed.withSpan { bytes in for index in bytes.indices { put(bytes[index]) } }
      put(Self.lineEnd)
    }
  }

  private static let lineEnd = UInt8(ascii: "\n")
  private static let mark = Array("ed25519 ".utf8)
  /// 32 bytes in base64.
  private static let seedTextByteCount = 44
  private static let secondLineByteCount = mark.count + seedTextByteCount + 1
}
