// SPDX-License-Identifier: Apache-2.0

/// How coded pictures are divided into units: NAL units, start codes, JPEG segments, OBUs.
enum UnitForm {
  case startCodes, lengths, markers, obus, none

  /// The units in some bytes, each from its start code, length or marker on.
  func units(_ bytes: [UInt8]) -> [Range<Int>] {
    switch self {
    case .startCodes: Self.spans(bytes) { $0 == 0 && $1 == 0 && $2 == 1 }
    case .markers: Self.spans(bytes) { a, b, _ in a == 0xFF && b >= 0xC0 && b < 0xFF }
    case .lengths:
      Self.walk(bytes) { rest in
        rest.count > 4 ? 4 + Int(ClipForm.value(rest.prefix(4))) : nil
      }
    case .obus: Self.walk(bytes, Self.obuLength)
    case .none: []
    }
  }

  private static func spans(
    _ bytes: [UInt8], _ isStart: (UInt8, UInt8, UInt8) -> Bool
  ) -> [Range<Int>] {
    let starts = bytes.indices.dropLast(2).filter {
      isStart(bytes[$0], bytes[$0 + 1], bytes[$0 + 2])
    }
    return zip(starts, starts.dropFirst() + [bytes.count]).map { $0..<$1 }
  }

  private static func walk(
    _ bytes: [UInt8], _ length: (ArraySlice<UInt8>) -> Int?
  ) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var place = 0
    while let count = length(bytes[place...]), count > 0, count <= bytes.count - place {
      found.append(place..<place + count)
      place += count
    }
    return found
  }

  private static func obuLength(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let head = bytes.first, head & 0x82 == 2 else { return nil }
    var place = bytes.startIndex + (head & 4 == 0 ? 1 : 2)
    var size = 0
    for shift in stride(from: 0, to: 28, by: 7) {
      guard place < bytes.endIndex else { return nil }
      size |= Int(bytes[place] & 0x7F) << shift
      place += 1
      if bytes[place - 1] & 0x80 == 0 { return place - bytes.startIndex + size }
    }
    return nil
  }
}
