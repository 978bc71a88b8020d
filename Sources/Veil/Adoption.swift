// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Why bytes from the wire were not taken as a picture.
package enum VeilError: Error, Hashable, Sendable {
  /// The frost is finer than the permit's finest.
  case finerThanAllowed
  /// A clear picture without a grant for this very clip.
  case clearWithoutGrant
  /// A clear picture after its look's time.
  case lookIsOver
  /// A clear picture outside of the lens that was granted, or through one where none was.
  case outsideLens
  /// A region does not show what its own frost does.
  case uncovered
  /// The size is not the plan's for that frost, or a clear picture is empty or too large.
  case wrongSize
  /// Not as many bytes as the size needs.
  case wrongByteCount
  /// A cell's index is not below the number of greys.
  case valueTooHigh
  /// The frost has no picture at all.
  case noPicture
}

/// Which picture of a clip bytes are said to be.
package struct PictureTime: Hashable, Sendable {
  /// The time of the frame that it was made of.
  package let sample: MediaTime
  /// The hold that it stands for; 0 of a clear picture.
  package let hold: Int

  /// Makes a time; none where the picture is clear.
  package init(sample: MediaTime, hold: Int = 0) {
    self.sample = sample
    self.hold = hold
  }
}

/// What may be adopted of one clip: made from the vault's facts, never from a decoder's word.
package struct AdoptionPermit: Hashable, Sendable {
  /// The clip that the bytes are of.
  package var clip: ClipID
  /// The finest frost that may be shown.
  package var finest: Frost
  /// The sizes that grids must have.
  package var plan: FrostPlan
  /// The greys that indices stand for.
  package var greys: GreyScale
  /// What covers the clip's regions, with all grids of their frosts that were adopted.
  package var regions: RegionVeil
  /// Needed for clear pictures, beside `finest` being clear.
  package var grant: ClearGrant?
  /// The greatest clear picture.
  package var largestClear: PixelSize

  /// Makes a permit.
  package init(
    clip: ClipID, finest: Frost, plan: FrostPlan, greys: GreyScale, regions: [Region] = [],
    grant: ClearGrant?, largestClear: PixelSize
  ) {
    self.clip = clip
    self.finest = finest
    self.plan = plan
    self.greys = greys
    self.regions = RegionVeil(regions: regions, plan: plan, greys: greys, finest: finest)
    self.grant = grant
    self.largestClear = largestClear
  }

  /// The grant, if clear pictures of the clip may be taken now: of a staff test clip that is shown
  /// clear, or of any that is not solid under a look that goes on.
  func liveGrant(at now: Int64) throws(VeilError) -> ClearGrant {
    guard let grant, grant.clip == clip else { throw .clearWithoutGrant }
    guard let deadline = grant.deadlineMilliseconds else {
      guard finest == .clear else { throw .finerThanAllowed }
      return grant
    }
    guard finest < .solid else { throw .finerThanAllowed }
    guard now < deadline else { throw .lookIsOver }
    return grant
  }

  /// Refuses a clear picture that is empty or larger than it may be.
  func checkClear(_ size: PixelSize) throws(VeilError) {
    guard (1...max(1, largestClear.width)).contains(size.width),
      (1...max(1, largestClear.height)).contains(size.height)
    else { throw .wrongSize }
  }
}

extension VeiledFrame {
  /// Takes bytes that crossed the process border as a picture, after checking all of them.
  ///
  /// - Parameters:
  ///   - bytes: For a grid frost one index a cell, row by row; for clear RGB triples. They are a
  ///     copy that nobody else can write to any more.
  ///   - frost: The frost that the sender claims.
  ///   - size: The size that the sender claims.
  ///   - time: Which picture it is, by which regions are active.
  ///   - permit: What may be taken.
  ///   - now: The monotonic clock in milliseconds, by which a look ends.
  /// - Returns: The picture, its indices turned into the greys that are shown.
  /// - Throws: What the bytes break.
  package static func adopt(
    bytes: [UInt8], frost: Frost, size: PixelSize, at time: PictureTime, permit: AdoptionPermit,
    nowMilliseconds now: Int64
  ) throws(VeilError) -> VeiledFrame {
    switch frost {
    case .solid:
      throw frost >= permit.finest ? .noPicture : .finerThanAllowed
    case .clear:
      let grant = try permit.liveGrant(at: now)
      guard grant.lens == nil else { throw .outsideLens }
      try permit.checkClear(size)
      guard bytes.count == size.area * 3 else { throw .wrongByteCount }
      guard permit.regions.covered(bytes, of: size, part: nil, at: time.sample) == bytes else {
        throw .uncovered
      }
      return VeiledFrame(frost: .clear, content: .colour(size: size, rgb: bytes))
    case .soft, .frosted, .strict:
      guard frost >= permit.finest else { throw .finerThanAllowed }
      guard size == permit.plan.gridSize(frost) else { throw .wrongSize }
      guard bytes.count == size.area else { throw .wrongByteCount }
      let greys = ShownGreys.values(permit.greys[frost])
      guard bytes.allSatisfy({ Int($0) < greys.count }) else { throw .valueTooHigh }
      let covered = permit.regions.covered(bytes, frost, hold: time.hold, sample: time.sample)
      guard covered == bytes else { throw .uncovered }
      return VeiledFrame(
        frost: frost, content: .grid(size: size, greys: bytes.map { greys[Int($0)] }))
    }
  }
}
