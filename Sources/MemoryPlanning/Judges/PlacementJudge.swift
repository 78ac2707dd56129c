/// Says whether offsets obey a placement problem, from the definitions alone.
///
/// It looks at every buffer, then at every pair of buffers, O(n²), and is slow on purpose: it shares no code
/// with what finds offsets, so that one mistake cannot be in both.
package struct PlacementJudge {
  private let buffers: [PlacementProblem.Buffer]
  private let overlaps: [AllowedOverlap]
  private let capacities: [Int]
  private let pins: [Int?]

  /// - Parameters:
  ///   - capacities: bytes of each pool; one pool without an end by default.
  ///   - pins: the pools that buffers must be in; nil for a free choice.
  package init(
    _ buffers: [PlacementProblem.Buffer], overlaps: [AllowedOverlap], capacities: [Int] = [.max],
    pins: [Int?]? = nil
  ) {
    self.buffers = buffers
    self.overlaps = overlaps
    self.capacities = capacities
    self.pins = pins ?? buffers.map { _ in nil }
  }

  /// The first fault, as a sentence without a full stop; nil where there is none.
  ///
  /// - Parameters:
  ///   - offsets: bytes from the pool's start, by buffer.
  ///   - pools: by buffer; all in the first one by default.
  ///   - arenaBytes: what the answer says about the end of the highest buffer.
  package func firstFault(offsets: [Int], pools: [Int]? = nil, arenaBytes: Int? = nil) -> String? {
    let pools = pools ?? offsets.map { _ in 0 }
    if offsets.count != buffers.count { return "\(offsets.count) offsets for \(buffers.count) buffers" }
    if pools.count != buffers.count { return "\(pools.count) regions for \(buffers.count) buffers" }
    for number in 0..<buffers.count {
      if let fault = fault(of: number, at: offsets[number], in: pools[number]) { return fault }
    }
    for second in 0..<buffers.count {
      for first in 0..<second where pools[first] == pools[second] {
        if mustNotBe(first, second, offsets) {
          return "buffers \(first) and \(second) are live together and overlap"
        }
      }
    }
    guard let arenaBytes else { return nil }
    var end = 0
    for number in 0..<buffers.count where offsets[number] + buffers[number].size > end {
      end = offsets[number] + buffers[number].size
    }
    return end == arenaBytes ? nil : "the arena ends at \(end), not at \(arenaBytes)"
  }

  /// What is wrong with a buffer's place, whatever the others'.
  private func fault(of number: Int, at offset: Int, in pool: Int) -> String? {
    let buffer = buffers[number]
    if pool < 0 || pool >= capacities.count {
      return "buffer \(number) is in region \(pool): it must not be there"
    }
    if let pin = pins[number], pin != pool {
      return "buffer \(number) is in region \(pool): it must not be there"
    }
    if offset < 0 || offset % buffer.alignment != 0 {
      return "buffer \(number) stands at \(offset): not a multiple of \(buffer.alignment)"
    }
    if let fixed = buffer.fixedOffset, fixed != offset {
      return "buffer \(number) stands at \(offset), its offset is fixed at \(fixed)"
    }
    let (end, isTooLarge) = offset.addingReportingOverflow(buffer.size)
    if isTooLarge || end > capacities[pool] { return "buffer \(number) ends behind region \(pool)" }
    return nil
  }

  /// Whether two buffers of one pool have a byte in common at a time at which both are live, and are not
  /// allowed to.
  private func mustNotBe(_ first: Int, _ second: Int, _ offsets: [Int]) -> Bool {
    let one = buffers[first]
    let two = buffers[second]
    let begin = one.lower > two.lower ? one.lower : two.lower
    let end = one.upper < two.upper ? one.upper : two.upper
    if begin >= end { return false }
    let lowest = offsets[first] > offsets[second] ? offsets[first] : offsets[second]
    let oneEnd = offsets[first] + one.size
    let twoEnd = offsets[second] + two.size
    if lowest >= oneEnd || lowest >= twoEnd { return false }
    for overlap in overlaps {
      let isThisPair = overlap.first == first && overlap.second == second
      guard isThisPair || (overlap.first == second && overlap.second == first) else { continue }
      switch overlap.condition {
      case .equal: if offsets[first] == offsets[second] { return false }
      case .startsBefore(let bytes):
        if offsets[overlap.second] - offsets[overlap.first] >= bytes { return false }
      }
    }
    return true
  }
}
