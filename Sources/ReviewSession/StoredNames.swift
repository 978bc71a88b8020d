// SPDX-License-Identifier: Apache-2.0

internal import LabelStore

// `LabelStore` names both a module and a class, so that its types cannot be told by the module's
// name from those that the core has of the same name. They get names of their own here.

/// A clip's row as the store has it.
typealias StoredRow = WorklistRow
/// Which clips a page of the store lists.
typealias StoredFilter = WorklistFilter
