// SPDX-License-Identifier: Apache-2.0

internal import ReviewCore
internal import Themes
internal import Vocabulary

/// The keymap by name or by path.
package struct KeymapChoice: Sendable {
  /// The names of those that Milkglass comes with.
  package static var words: [String] { Keymaps.names }

  private let file: KeymapFile

  /// The keymap called `name` or lying in that file; nil is the one that Milkglass comes with.
  ///
  /// - Throws: where there is none, it cannot be read, or a key of it has two actions.
  package init(_ name: String?) throws(SessionError) {
    do { file = try Keymaps.find(name ?? "default") } catch { throw .ownFile(error) }
  }

  var keymap: Keymap { file.keymap }

  /// Refuses a keymap that takes a key of the taxonomy's labels.
  func check(_ taxonomy: Taxonomy) throws(SessionError) {
    do { try file.check(against: taxonomy) } catch { throw .ownFile(error) }
  }
}
