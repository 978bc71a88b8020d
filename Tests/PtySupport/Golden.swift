// SPDX-License-Identifier: Apache-2.0
package import Testing
import Glibc

/// Compares a text with the one kept in `Golden/NAME.txt` beside the calling test.
///
/// With `UPDATE_GOLDEN=1` in the environment the kept text is written anew instead, and the test
/// says so by failing only where it could not be written.
///
/// Unsafe uses: none but the C streams opened and closed here.
package func expectGolden(
  _ text: String, named name: String, testFile: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = testFile.split(separator: "/", omittingEmptySubsequences: false).dropLast()
  let path = (folder + ["Golden", "\(name).txt"]).joined(separator: "/")
  if unsafe getenv("UPDATE_GOLDEN").map({ unsafe String(cString: $0) }) == "1" {
    unsafe mkdir((folder + ["Golden"]).joined(separator: "/"), 0o755)
    #expect(
      GoldenFile.write(text, path), "\(path) cannot be written", sourceLocation: sourceLocation)
    return
  }
  guard let kept = GoldenFile.read(path) else {
    Issue.record(
      "\(path) is missing; make it with UPDATE_GOLDEN=1", sourceLocation: sourceLocation)
    return
  }
  let difference = GoldenFile.difference(kept, text)
  #expect(difference == nil, "\(path): \(difference ?? "")", sourceLocation: sourceLocation)
}

/// Reading, writing and comparing of kept texts.
enum GoldenFile {
  /// The file's text; nil where it cannot be read.
  static func read(_ path: String) -> String? {
    guard let file = unsafe fopen(path, "r") else { return nil }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
  }

  /// Writes the file anew; false where that failed.
  static func write(_ text: String, _ path: String) -> Bool {
    guard let file = unsafe fopen(path, "w") else { return false }
    let bytes = Array(text.utf8)
    let count = unsafe fwrite(bytes, 1, bytes.count, file)
    return unsafe fclose(file) == 0 && count == bytes.count
  }

  /// The first lines that differ and the whole new text; nil where there is no difference.
  static func difference(_ kept: String, _ text: String) -> String? {
    if kept == text { return nil }
    let old = kept.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = (0..<max(old.count, new.count)).first { index in
      index >= old.count || index >= new.count || old[index] != new[index]
    }
    let line = row ?? 0
    return """
      line \(line + 1) differs
      kept: \(line < old.count ? old[line] : "(none)")
      now:  \(line < new.count ? new[line] : "(none)")
      the whole text now:
      \(text)
      """
  }
}
