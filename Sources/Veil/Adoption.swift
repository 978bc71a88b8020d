// SPDX-License-Identifier: Apache-2.0
package import Vocabulary

/// Why bytes from the wire were not taken as a picture.
package enum VeilError: Error, Hashable, Sendable {
  /// The frost is finer than the permit's finest.
  case finerThanAllowed
  /// A clear picture without a grant for this very clip.
  case clearWithoutGrant
  /// The size is not the plan's for that frost, or a clear picture is empty or too large.
  case wrongSize
  /// Not as many bytes as the size needs.
  case wrongByteCount
  /// A cell's index is not below the number of greys.
  case valueTooHigh
  /// The frost has no picture at all.
  case noPicture
}

/// The right to see one clip clear.
package struct ClearGrant: Hashable, Sendable {
  /// The clip it is for, and no other.
  package let clip: ClipID

  private init(clip: ClipID) { self.clip = clip }

  /// The grant that comes with a staff test clip.
  ///
  /// Nil unless the clip's source is a staff test, and `camera` is the clip's camera and marked as
  /// staff's.
  package static func staffTest(record: ClipRecord, camera: Camera) -> ClearGrant? {
    guard record.source == .staffTest, camera.isStaff, record.camera == camera.id else {
      return nil
    }
    return ClearGrant(clip: record.id)
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
  /// Needed for clear pictures, beside `finest` being clear.
  package var grant: ClearGrant?
  /// The greatest clear picture.
  package var largestClear: PixelSize

  /// Makes a permit.
  package init(
    clip: ClipID, finest: Frost, plan: FrostPlan, greys: GreyScale, grant: ClearGrant?,
    largestClear: PixelSize
  ) {
    self.clip = clip
    self.finest = finest
    self.plan = plan
    self.greys = greys
    self.grant = grant
    self.largestClear = largestClear
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
  ///   - permit: What may be taken.
  /// - Returns: The picture, its indices turned into the greys that are shown.
  /// - Throws: What the bytes break.
  package static func adopt(
    bytes: [UInt8], frost: Frost, size: PixelSize, permit: AdoptionPermit
  ) throws(VeilError) -> VeiledFrame {
    guard frost >= permit.finest else { throw .finerThanAllowed }
    switch frost {
    case .solid:
      throw .noPicture
    case .clear:
      guard let grant = permit.grant, grant.clip == permit.clip else { throw .clearWithoutGrant }
      guard (1...max(1, permit.largestClear.width)).contains(size.width),
        (1...max(1, permit.largestClear.height)).contains(size.height)
      else { throw .wrongSize }
      guard bytes.count == size.area * 3 else { throw .wrongByteCount }
      return VeiledFrame(frost: .clear, content: .colour(size: size, rgb: bytes))
    case .soft, .frosted, .strict:
      guard size == permit.plan.gridSize(frost) else { throw .wrongSize }
      guard bytes.count == size.area else { throw .wrongByteCount }
      let greys = ShownGreys.values(permit.greys[frost])
      guard bytes.allSatisfy({ Int($0) < greys.count }) else { throw .valueTooHigh }
      return VeiledFrame(
        frost: frost, content: .grid(size: size, greys: bytes.map { greys[Int($0)] }))
    }
  }
}
