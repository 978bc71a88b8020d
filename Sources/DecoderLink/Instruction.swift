// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// What the pictures' receiver tells a decoder, over its own pipe.
enum Instruction: Hashable {
  /// The first message: what to do. A probe has no showing.
  case configure(sceneWidthMillimetres: Int, Showing?)
  /// The second message, only for a shown clip: its greys.
  case greys(GreyScale)
  /// A region of a shown clip, and then its keys in portions; as many regions as the showing says
  /// follow the greys.
  case region(RegionHead)
  case regionKeys([Region.Key])
  /// Send this clear picture, or the part of it that a lens shows; it replaces an older wish.
  case frame(index: Int, serial: UInt32, LensWindow?)
  /// Scale clear pictures for another pane from now on.
  case refit(Raster, generation: UInt32)
  /// The clip is on screen: go on past a prefetched clip's limit.
  case activate
  /// A ring slot was read and is free again.
  case release(slot: Int)
  /// A look was granted: answer wishes for clear pictures for so long, those for parts of them alone
  /// where it has a lens.
  case look(milliseconds: Int, isLens: Bool)
  /// The look is over before its time.
  case endLook

  /// `DecodeRequest.Showing` as far as the decoder needs it.
  struct Showing: Hashable {
    var size: PixelSize
    var pixelAspect: Ratio
    var finest: Frost
    var isClear: Bool
    /// Whether clear pictures are kept for looks.
    var mayLook: Bool
    var isPrefetch: Bool
    var raster: Raster
    /// How many regions follow; at most 255, and what makes sense is less.
    var regionCount = 0
  }

  private enum Kind: UInt8 {
    case configureProbe = 1
    case configurePlay, greys, frame, refit, activate, release, look, endLook, region, regionKeys
  }

  /// The message's bytes.
  func encoded() -> [UInt8] {
    var writer = WireWriter(kind: kind.rawValue)
    switch self {
    case .configure(let width, let showing):
      writer.put32(width)
      if let showing { writer.put(showing) }
    case .greys(let greys): writer.put(greys)
    case .region(let head): writer.put(head)
    case .regionKeys(let keys): writer.put(keys)
    case .frame(let index, let serial, let lens):
      writer.put32(index)
      writer.put32(serial)
      writer.put(lens)
    case .refit(let raster, let generation):
      writer.put(raster)
      writer.put32(generation)
    case .activate: break
    case .release(let slot): writer.put8(UInt8(clamping: slot))
    case .look(let milliseconds, let isLens):
      writer.put32(milliseconds)
      writer.put8(isLens ? 1 : 0)
    case .endLook: break
    }
    return writer.finished()
  }

  /// Reads a message.
  init(_ bytes: [UInt8]) throws(LinkViolation) {
    var reader = WireReader(bytes)
    let raw = reader.take8()
    guard let kind = Kind(rawValue: raw) else { throw .unknownKind(raw) }
    switch kind {
    case .configureProbe:
      self = .configure(sceneWidthMillimetres: reader.takeCount(), nil)
    case .configurePlay:
      let width = reader.takeCount()
      self = .configure(sceneWidthMillimetres: width, try reader.takeShowing())
    case .greys: self = .greys(try reader.takeGreys())
    case .frame:
      let index = reader.takeCount()
      let serial = reader.take32()
      self = .frame(index: index, serial: serial, try reader.takeLens())
    case .refit:
      let raster = try reader.takeRaster()
      self = .refit(raster, generation: reader.take32())
    case .activate: self = .activate
    case .release: self = .release(slot: Int(reader.take8()))
    case .look: self = try reader.takeLook()
    case .region: self = .region(try reader.takeRegionHead())
    case .regionKeys: self = .regionKeys(try reader.takeRegionKeys())
    case .endLook: self = .endLook
    }
    try reader.finish()
  }

  private var kind: Kind {
    switch self {
    case .configure(_, nil): .configureProbe
    case .configure: .configurePlay
    case .greys: .greys
    case .frame: .frame
    case .refit: .refit
    case .activate: .activate
    case .release: .release
    case .look: .look
    case .endLook: .endLook
    case .region: .region
    case .regionKeys: .regionKeys
    }
  }
}

extension WireWriter {
  mutating func put(_ size: PixelSize) {
    put32(size.width)
    put32(size.height)
  }

  mutating func put(_ ratio: Ratio) {
    put32(ratio.numerator)
    put32(ratio.denominator)
  }

  mutating func put(_ raster: Raster) {
    put(raster.limit)
    put(raster.pixelAspect)
  }

  mutating func put(_ lens: LensWindow?) {
    put8(lens == nil ? 0 : 1)
    put8(UInt8(clamping: lens?.column ?? 0))
    put8(UInt8(clamping: lens?.row ?? 0))
  }

  mutating func put(_ greys: GreyScale) { put(greys.soft + greys.frosted + greys.strict) }

  mutating func put(_ showing: Instruction.Showing) {
    put(showing.size)
    put(showing.pixelAspect)
    put8(UInt8(clamping: showing.finest.rawValue))
    put8(
      (showing.isClear ? 1 : 0) | (showing.isPrefetch ? 2 : 0) | (showing.mayLook ? 4 : 0))
    put(showing.raster)
    put8(UInt8(clamping: showing.regionCount))
  }
}

extension WireReader {
  /// A size with both sides from 1 to `most`.
  mutating func takeSize(most: Int) throws(LinkViolation) -> PixelSize {
    let size = PixelSize(width: takeCount(), height: takeCount())
    guard (1...most).contains(size.width), (1...most).contains(size.height) else {
      throw .malformed
    }
    return size
  }

  /// A ratio of two positive numbers below 2³¹.
  mutating func takeRatio() throws(LinkViolation) -> Ratio {
    let ratio = Ratio(takeCount(), takeCount())
    let range = 1...Int(Int32.max)
    guard range.contains(ratio.numerator), range.contains(ratio.denominator) else {
      throw .malformed
    }
    return ratio
  }

  mutating func takeRaster() throws(LinkViolation) -> Raster {
    Raster(limit: try takeSize(most: Raster.greatestSide), pixelAspect: try takeRatio())
  }

  mutating func takeGreys() throws(LinkViolation) -> GreyScale {
    func take(_ frost: Frost) -> [UInt8] { self.take(frost.greyCount ?? 0) }
    guard let greys = GreyScale(soft: take(.soft), frosted: take(.frosted), strict: take(.strict))
    else { throw .malformed }
    return greys
  }

  mutating func takeShowing() throws(LinkViolation) -> Instruction.Showing {
    let size = try takeSize(most: LinkLimits.side)
    let pixelAspect = try takeRatio()
    guard let finest = Frost(rawValue: Int(take8())) else { throw .malformed }
    let flags = take8()
    guard flags & ~7 == 0 else { throw .malformed }
    return Instruction.Showing(
      size: size, pixelAspect: pixelAspect, finest: finest, isClear: flags & 1 != 0,
      mayLook: flags & 4 != 0, isPrefetch: flags & 2 != 0, raster: try takeRaster(),
      regionCount: Int(take8()))
  }

  fileprivate mutating func takeLook() throws(LinkViolation) -> Instruction {
    let milliseconds = takeCount()
    let isLens = take8()
    guard milliseconds <= LinkLimits.lookMilliseconds, isLens <= 1 else { throw .malformed }
    return .look(milliseconds: milliseconds, isLens: isLens == 1)
  }

  /// A lens's window; nil where the byte before says that there is none.
  mutating func takeLens() throws(LinkViolation) -> LensWindow? {
    let (flag, column, row) = (take8(), Int(take8()), Int(take8()))
    let window = LensWindow(column: column, row: row)
    switch flag {
    case 0:
      guard column == 0, row == 0 else { throw .malformed }
      return nil
    case 1:
      guard window.column == column, window.row == row else { throw .malformed }
      return window
    default: throw .malformed
    }
  }
}
