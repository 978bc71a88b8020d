// SPDX-License-Identifier: Apache-2.0
import Lockdown

/// Asks for passphrases as the arguments say, and prints in hexadecimal what it was given: the tests
/// look for the passphrase itself on the screen.
enum PassphraseProbe {
  /// `once`, `twice`, `no-terminal`, or `fd N`.
  static func run(_ arguments: [String]) {
    do throws(PassphraseError) {
      print("got \(hex(try answer(arguments)))")
    } catch {
      print("error \(error): \(error.sentence)")
    }
  }

  private static func answer(_ arguments: [String]) throws(PassphraseError) -> SecretBytes {
    switch arguments.first {
    case "once": try PassphrasePrompt().read(prompt: "Passphrase of r07")
    case "twice": try PassphrasePrompt().readTwice(prompt: "New passphrase")
    case "fd": try Passphrase.read(fromDescriptor: Int(arguments.last ?? "") ?? -1)
    default: try PassphrasePrompt(terminal: "/dev/null").read(prompt: "Passphrase")
    }
  }

  /// Unsafe use: the lent bytes are copied out, which only a test may do.
  private static func hex(_ secret: SecretBytes) -> String {
    let bytes = unsafe secret.withBytes { unsafe Array($0) }
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "."
  }
}
