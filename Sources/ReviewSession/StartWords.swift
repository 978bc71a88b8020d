// SPDX-License-Identifier: Apache-2.0

package import Vocabulary
internal import Words

/// What is said at the terminal before a session and after it.
package struct StartWords: Sendable {
  private let texts: Texts

  /// Speaks a language.
  package init(_ language: Language) { texts = Words.texts(language) }

  /// A text with its values filled in.
  package func callAsFunction(_ phrase: StartPhrase, _ values: String...) -> String {
    texts(phrase, values: values)
  }
}
