// SPDX-License-Identifier: Apache-2.0

/// How a container nests its elements; what does not fit the form becomes one leaf, as it is.
enum ClipForm: Equatable {
  case boxes, ebml, riff
  /// A transport stream's packets, 188 or 192 bytes long.
  case packets(length: Int)

  /// Reads elements until the bytes end or make no sense.
  func parse(_ bytes: ArraySlice<UInt8>) -> [Element] {
    var elements: [Element] = []
    var rest = bytes
    while !rest.isEmpty {
      guard let (element, length) = next(rest), length > 0 else {
        elements.append(Element(id: [], content: .bytes(Array(rest))))
        break
      }
      elements.append(element)
      rest = rest.dropFirst(length)
    }
    return elements
  }

  private func next(_ bytes: ArraySlice<UInt8>) -> (Element, Int)? {
    switch self {
    case .boxes: nextBox(bytes)
    case .ebml: nextEBML(bytes)
    case .riff: nextChunk(bytes)
    case .packets(let length):
      (Element(id: [], content: .bytes(Array(bytes.prefix(length)))), min(bytes.count, length))
    }
  }

  /// The element's bytes, its size made right unless it claims another.
  func encode(_ element: Element) -> [UInt8] {
    let body =
      switch element.content {
      case .bytes(let bytes): element.prefix + bytes
      case .parts(let parts): element.prefix + parts.flatMap(encode)
      }
    guard !element.id.isEmpty else { return body }
    switch self {
    case .packets: return body
    case .boxes:
      let size = element.claimedSize ?? UInt64(body.count + 8)
      return Self.number(size, count: 4) + element.id + body
    case .ebml:
      var length = element.sizeLength
      let size = element.claimedSize ?? UInt64(body.count)
      while length < 8, size >= (1 << (7 * UInt64(length))) - 1 { length += 1 }
      var field = Self.number(size, count: length)
      field[0] |= 0x80 >> UInt8(length - 1)
      return element.id + field + body
    case .riff:
      let size = element.claimedSize ?? UInt64(body.count)
      let pad = [UInt8](repeating: 0, count: body.count % 2)
      return element.id + Self.number(size, count: 4).reversed() + body + pad
    }
  }

  /// A number's bytes, most significant first; what does not fit is cut off.
  static func number(_ value: UInt64, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64(count - 1 - $0))) }
  }

  /// The bytes from one place where it can be cut to the next.
  var step: Int {
    if case .packets(let length) = self { length } else { 1 }
  }

  static func value(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension ClipForm {
  private static let parentBoxes: [String: Int] = [
    "moov": 0, "trak": 0, "mdia": 0, "minf": 0, "stbl": 0, "edts": 0, "dinf": 0, "udta": 0,
    "mvex": 0, "moof": 0, "traf": 0, "stsd": 8, "dref": 8, "meta": 4, "avc1": 78, "hev1": 78,
    "hvc1": 78, "mp4v": 78, "jpeg": 78, "mjpg": 78, "vp09": 78, "av01": 78,
  ]

  private func nextBox(_ bytes: ArraySlice<UInt8>) -> (Element, Int)? {
    let start = bytes.startIndex
    guard bytes.count >= 8 else { return nil }
    let size = Int(Self.value(bytes[start..<start + 4]))
    guard (8...bytes.count).contains(size) else { return nil }
    let id = Array(bytes[start + 4..<start + 8])
    let body = bytes[start + 8..<start + size]
    let prefix = Self.parentBoxes[String(decoding: id, as: UTF8.self)]
    guard let prefix, body.count >= prefix else {
      return (Element(id: id, content: .bytes(Array(body))), size)
    }
    return (
      Element(
        id: id, prefix: Array(body.prefix(prefix)),
        content: .parts(parse(body.dropFirst(prefix)))), size
    )
  }

  /// Segment, SeekHead, Seek, Info, Tracks, TrackEntry, Video, Cluster, BlockGroup, Cues and so on.
  private static let masters: Set<UInt64> = [
    0x1A45_DFA3, 0x1853_8067, 0x114D_9B74, 0x4DBB, 0x1549_A966, 0x1654_AE6B, 0xAE, 0xE0, 0xE1,
    0x1F43_B675, 0xA0, 0x1C53_BB6B, 0xBB, 0xB7, 0x1254_C367, 0x7373, 0x63C0, 0x67C8, 0x55B0,
  ]

  private func nextEBML(_ bytes: ArraySlice<UInt8>) -> (Element, Int)? {
    let start = bytes.startIndex
    guard let first = bytes.first, first >= 0x10 else { return nil }
    let idLength = first.leadingZeroBitCount + 1
    guard bytes.count > idLength, bytes[start + idLength] > 0 else { return nil }
    let sizeLength = bytes[start + idLength].leadingZeroBitCount + 1
    let head = idLength + sizeLength
    guard bytes.count >= head else { return nil }
    let mask = (UInt64(1) << (7 * UInt64(sizeLength))) - 1
    let size = Self.value(bytes[start + idLength..<start + head]) & mask
    guard size <= UInt64(bytes.count - head) else { return nil }
    let id = Array(bytes[start..<start + idLength])
    let body = bytes[start + head..<start + head + Int(size)]
    let content =
      Self.masters.contains(Self.value(id[...]))
      ? Element.Content.parts(parse(body)) : .bytes(Array(body))
    return (Element(id: id, content: content, sizeLength: sizeLength), head + Int(size))
  }

  private func nextChunk(_ bytes: ArraySlice<UInt8>) -> (Element, Int)? {
    let start = bytes.startIndex
    guard bytes.count >= 8 else { return nil }
    let size = Int(Self.value(ArraySlice(bytes[start + 4..<start + 8].reversed())))
    guard size <= bytes.count - 8 else { return nil }
    let id = Array(bytes[start..<start + 4])
    let body = bytes[start + 8..<start + 8 + size]
    let length = min(bytes.count, 8 + size + size % 2)
    let isList = id == Array("LIST".utf8) || id == Array("RIFF".utf8)
    guard isList, size >= 4 else {
      return (Element(id: id, content: .bytes(Array(body))), length)
    }
    return (
      Element(
        id: id, prefix: Array(body.prefix(4)), content: .parts(parse(body.dropFirst(4)))), length
    )
  }
}
