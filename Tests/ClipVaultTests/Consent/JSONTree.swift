// SPDX-License-Identifier: Apache-2.0

/// A JSON text as a tree that tests take apart: fields in order, values as written.
indirect enum JSONTree {
  case object([(name: String, value: JSONTree)])
  case list([JSONTree])
  case raw(String)

  /// The text.
  var text: String {
    switch self {
    case .object(let fields):
      "{" + fields.map { "\"\($0.name)\":\($0.value.text)" }.joined(separator: ",") + "}"
    case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .raw(let text): text
    }
  }

  /// The paths of all fields, outer ones first; a list's first element stands for all.
  var paths: [String] {
    switch self {
    case .object(let fields):
      fields.flatMap { field in [field.name] + field.value.paths.map { "\(field.name).\($0)" } }
    case .list(let values): values.first?.paths ?? []
    case .raw: []
    }
  }

  /// The value at a path.
  subscript(path: String) -> JSONTree? {
    let (head, rest) = Self.split(path)
    switch self {
    case .object(let fields):
      let value = fields.first { $0.name == head }?.value
      return rest.map { value?[$0] } ?? value
    case .list(let values): return values.first?[path]
    case .raw: return nil
    }
  }

  /// The tree with another value at a path; nil removes the field, a new name is added.
  func with(_ path: String, _ value: JSONTree?) -> JSONTree {
    let (head, rest) = Self.split(path)
    switch self {
    case .object(var fields):
      let index = fields.firstIndex { $0.name == head }
      if let rest, let index {
        fields[index].value = fields[index].value.with(rest, value)
      } else if let index, let value {
        fields[index].value = value
      } else if let index {
        fields.remove(at: index)
      } else if let value {
        fields.append((head, value))
      }
      return .object(fields)
    case .list(var values):
      values[0] = values[0].with(path, value)
      return .list(values)
    case .raw: return self
    }
  }

  /// The same with a value as it is written.
  func with(_ path: String, raw: String) -> JSONTree { with(path, .raw(raw)) }

  private static func split(_ path: String) -> (head: String, rest: String?) {
    let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
    return (parts[0], parts.count > 1 ? parts[1] : nil)
  }
}
