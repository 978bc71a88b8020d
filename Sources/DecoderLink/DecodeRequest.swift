// SPDX-License-Identifier: Apache-2.0

package import Veil
package import Vocabulary

/// The pane a clear picture is scaled for.
package struct Raster: Hashable, Sendable {
  /// The most pixels across and down; positive.
  package let limit: PixelSize
  /// The shape of one of its pixels, width : height; both positive.
  package let pixelAspect: Ratio

  /// Makes a raster; a pane without room counts as one pixel, an impossible aspect as square.
  package init(limit: PixelSize, pixelAspect: Ratio) {
    self.limit = limit.bounded(by: Self.greatestSide)
    let numbers = 1...Int(Int32.max)
    let isPossible =
      numbers.contains(pixelAspect.numerator) && numbers.contains(pixelAspect.denominator)
    self.pixelAspect = isPossible ? pixelAspect : .one
  }

  /// The most pixels that a raster has across or down.
  static let greatestSide = 1 << 20
}

/// What a decoder is asked to do with a clip.
package struct DecodeRequest: Sendable {
  /// How a clip is shown: by the vault's facts, not by the decoder's.
  package struct Showing: Sendable {
    /// The picture's upright size and the shape of its pixels, as measured at ingest.
    package let size: PixelSize
    package let pixelAspect: Ratio
    package let greys: GreyScale
    /// The finest frost that may come; `clear` only together with a grant.
    package let finest: Frost
    package let grant: ClearGrant?
    /// Whether the decoder keeps clear pictures in its own memory, so that a look can be granted
    /// later.
    package let mayLook: Bool
    /// What is covered in every picture; possible in number.
    package let regions: [Region]
    package let raster: Raster
    /// Whether the decoder pauses after 32 MiB of clear pictures until it is activated.
    package let isPrefetch: Bool

    /// Whether clear pictures may come.
    package var isClear: Bool { grant != nil && finest == .clear }
    /// Whether the decoder keeps clear pictures.
    package var keepsClear: Bool { isClear || mayLook }
  }

  /// Whether the clip is only measured, or shown.
  package enum Mode: Sendable {
    /// A whole pass without pictures: facts and greys.
    case probe
    case play(Showing)
  }

  package let clip: ClipID
  /// The camera's scene width, which the frost's grid depends on; positive.
  package let sceneWidthMillimetres: Int
  package let mode: Mode

  /// Asks for a clip's facts and greys.
  package static func probe(clip: ClipID, sceneWidthMillimetres: Int) -> DecodeRequest {
    DecodeRequest(clip: clip, sceneWidthMillimetres: sceneWidthMillimetres, mode: .probe)
  }

  /// Asks for a clip's pictures.
  ///
  /// Without a grant for this clip, `finest` counts as *soft* at least. Where `mayLook`, the decoder
  /// keeps clear pictures to itself until a look is granted; no look opens a clip that is solid. Nor
  /// does one open `regions`; where they are more than a clip can have, all of it is solid.
  package static func play(
    clip: ClipID, facts: ClipFacts, sceneWidthMillimetres: Int, finest: Frost, grant: ClearGrant?,
    mayLook: Bool = false, regions: [Region] = [], raster: Raster, isPrefetch: Bool
  ) -> DecodeRequest {
    let isPossible = Region.isPossible(regions)
    let finest = isPossible ? finest : .solid
    let grant = grant?.clip == clip && isPossible ? grant : nil
    let showing = Showing(
      size: facts.size.bounded(by: LinkLimits.side), pixelAspect: facts.pixelAspect,
      greys: facts.greys,
      finest: grant == nil ? max(.soft, finest) : finest, grant: grant,
      mayLook: mayLook && finest < .solid, regions: isPossible ? regions : [], raster: raster,
      isPrefetch: isPrefetch)
    return DecodeRequest(
      clip: clip, sceneWidthMillimetres: sceneWidthMillimetres, mode: .play(showing))
  }

  /// The grids of a shown clip.
  func plan(_ showing: Showing) -> FrostPlan {
    FrostPlan(
      size: showing.size, pixelAspect: showing.pixelAspect,
      sceneWidthMillimetres: sceneWidthMillimetres)
  }

  /// The bytes that a ring slot needs for any picture of this request.
  var slotByteCount: Int {
    guard case .play(let showing) = mode else { return FrameRing.leastSlotByteCount }
    let plan = plan(showing)
    let grids =
      Frost.grids.filter { $0 >= showing.finest }
      .map { plan.gridSize($0)?.area ?? 0 }.max() ?? 0
    let clear = showing.keepsClear ? min(showing.size.area, LinkLimits.clearArea) * 3 : 0
    return max(FrameRing.leastSlotByteCount, grids, clear)
  }
}

extension PixelSize {
  /// The size with both sides from 1 to `most`.
  fileprivate func bounded(by most: Int) -> PixelSize {
    PixelSize(width: min(max(1, width), most), height: min(max(1, height), most))
  }
}
