// SPDX-License-Identifier: Apache-2.0

/// One step into a TOML document: a table's key or an array's element.
enum PathStep: Hashable {
  case key(String)
  /// From 0.
  case index(Int)
}

/// The way from a document's root to a value.
typealias TOMLPath = [PathStep]
