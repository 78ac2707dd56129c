import MemoryPlanning
import Tensors

/// Placement problems with a known optimum: the pieces of a full rectangle of time and addresses.
///
/// Some of the pieces that are not live at one chosen time are dropped: the peak stays exactly full.
struct PackingGenerator {
  /// Bytes of the rectangle, and of the smallest arena.
  static let capacity = 1 << 20

  enum Cuts: CaseIterable { case guillotine, pinwheels }

  private struct Piece {
    let lower: Int
    let upper: Int
    let bottom: Int
    let top: Int
  }

  /// Pieces before some are dropped.
  let count: Int
  let droppedPercent: Int
  let cuts: Cuts
  let seed: UInt64

  func problem() throws(PlanningError) -> PlacementProblem {
    var random = SeededRandom(seed: seed)
    let times = 2 * count
    var pieces = [Piece(lower: 0, upper: times, bottom: 0, top: Self.capacity)]
    while pieces.count < count {
      let at = widest(pieces, &random)
      let piece = pieces.remove(at: at)
      if cuts == .pinwheels, pieces.count + 5 <= count, random.next(below: 4) == 0,
        piece.upper - piece.lower >= 3, piece.top - piece.bottom >= 192
      {
        pieces += pinwheel(piece, &random)
      } else {
        pieces += halves(piece, &random)
      }
    }
    let peak = random.next(below: times)
    random.shuffle(&pieces)
    let loose = pieces.indices.filter { !(pieces[$0].lower <= peak && peak < pieces[$0].upper) }
    let dropped = Set(loose.prefix(loose.count * droppedPercent / 100))
    let kept = pieces.indices.filter { !dropped.contains($0) }.map { pieces[$0] }
    return try PlacementProblem(
      buffers: kept.map { .init(size: $0.top - $0.bottom, lower: $0.lower, upper: $0.upper) })
  }

  private func widest(_ pieces: [Piece], _ random: inout SeededRandom) -> Int {
    var best = -1
    var bestArea = -1
    for _ in 0..<3 {
      let at = random.next(below: pieces.count)
      let p = pieces[at]
      let area = (p.upper - p.lower) * (p.top - p.bottom)
      if p.upper - p.lower >= 2 || p.top - p.bottom >= 2, area > bestArea { (best, bestArea) = (at, area) }
    }
    if best >= 0 { return best }
    return pieces.indices.first {
      pieces[$0].upper - pieces[$0].lower >= 2 || pieces[$0].top - pieces[$0].bottom >= 2
    } ?? 0
  }

  private func halves(_ p: Piece, _ random: inout SeededRandom) -> [Piece] {
    let canTime = p.upper - p.lower >= 2
    let canSize = p.top - p.bottom >= 128
    if canTime && (!canSize || random.next(below: 2) == 0) {
      let t = p.lower + 1 + random.next(below: p.upper - p.lower - 1)
      return [
        Piece(lower: p.lower, upper: t, bottom: p.bottom, top: p.top),
        Piece(lower: t, upper: p.upper, bottom: p.bottom, top: p.top),
      ]
    }
    let units = (p.top - p.bottom) / 64
    let h = units >= 2 ? p.bottom + 64 * (1 + random.next(below: units - 1)) : p.bottom + 1
    return [
      Piece(lower: p.lower, upper: p.upper, bottom: p.bottom, top: h),
      Piece(lower: p.lower, upper: p.upper, bottom: h, top: p.top),
    ]
  }

  private func pinwheel(_ p: Piece, _ random: inout SeededRandom) -> [Piece] {
    let width = p.upper - p.lower
    let a = p.lower + 1 + random.next(below: width - 2)
    let b = a + 1 + random.next(below: p.upper - a - 1)
    let units = (p.top - p.bottom) / 64
    let c = p.bottom + 64 * (1 + random.next(below: units - 2))
    let d = c + 64 * (1 + random.next(below: (p.top - c) / 64 - 1))
    return [
      Piece(lower: p.lower, upper: b, bottom: p.bottom, top: c),
      Piece(lower: b, upper: p.upper, bottom: p.bottom, top: d),
      Piece(lower: a, upper: p.upper, bottom: d, top: p.top),
      Piece(lower: p.lower, upper: a, bottom: c, top: p.top),
      Piece(lower: a, upper: b, bottom: c, top: d),
    ]
  }
}
