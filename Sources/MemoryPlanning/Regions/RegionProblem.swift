/// Buffers with lifetimes, to be spread over several memories, of which the first is the fastest.
package struct RegionProblem: Sendable, Equatable {
  /// The buffers, and what they may share, as for one arena.
  package let arena: PlacementProblem
  /// What a buffer is worth in a faster region, such as the bytes moved into and out of it, by buffer.
  package let values: [Int]
  /// Regions that are given and not to be chosen, by buffer; nil for a free choice.
  package let pins: [Int?]
  /// Bytes of each region, the fastest first; every region starts at offset 0.
  package let capacities: [Int]

  package static let mostRegions = 16

  /// - Parameter pins: nil for a free choice of every buffer.
  /// - Throws: `PlanningError.invalidProblem` for no region or more than `mostRegions`, negative capacities
  ///   or such beyond 2⁶⁰, fixed offsets, a count of values or pins that is not that of the buffers, negative
  ///   values, values whose sum times the number of regions is above 2⁶¹, and pins to no region.
  package init(
    _ arena: PlacementProblem, values: [Int], pins: [Int?]? = nil, capacities: [Int]
  ) throws(PlanningError) {
    let pins = pins ?? arena.buffers.map { _ in nil }
    guard (1...Self.mostRegions).contains(capacities.count) else {
      throw .invalidProblem("\(capacities.count) regions: 1 to \(Self.mostRegions) are possible")
    }
    guard capacities.allSatisfy({ (0...(1 << 60)).contains($0) }) else {
      throw .invalidProblem("a region's size is negative or above 2⁶⁰ bytes")
    }
    guard arena.buffers.allSatisfy({ $0.fixedOffset == nil }) else {
      throw .invalidProblem("a buffer has a fixed offset: regions have none")
    }
    guard values.count == arena.buffers.count, pins.count == values.count else {
      throw .invalidProblem("as many values and pins as buffers are needed")
    }
    guard pins.allSatisfy({ $0.map(capacities.indices.contains) ?? true }) else {
      throw .invalidProblem("a buffer is pinned to a region that is not there")
    }
    var total = 0
    for value in values {
      let (sum, overflow) = total.addingReportingOverflow(value)
      guard value >= 0, !overflow, sum <= (1 << 61) / capacities.count else {
        throw .invalidProblem("a value is negative, or the values add up to too much")
      }
      total = sum
    }
    self.arena = arena
    self.values = values
    self.pins = pins
    self.capacities = capacities
  }

  /// What a buffer adds to the score in a region: its value once for each slower region.
  func gain(_ buffer: Int, in region: Int) -> Int {
    values[buffer] * (capacities.count - 1 - region)
  }

  /// How good a choice of regions is: for each border between two regions, the value on its faster side.
  ///
  /// With two regions this is the value in the first.
  ///
  /// - Precondition: a region for each buffer.
  package func score(_ regions: [Int]) -> Int {
    regions.indices.reduce(0) { $0 + gain($1, in: regions[$1]) }
  }

  /// The regions that a buffer may be in, the fastest first, as far as its size tells.
  ///
  /// A buffer without bytes is in the first region, or where it is pinned.
  func choices(of buffer: Int) -> [Int] {
    let size = arena.buffers[buffer].size
    if let pin = pins[buffer] { return size <= capacities[pin] ? [pin] : [] }
    return size == 0 ? [0] : capacities.indices.filter { size <= capacities[$0] }
  }
}

/// A region and an offset in it for every buffer of a `RegionProblem`.
package struct RegionAssignment: Sendable, Equatable {
  /// Region by buffer.
  package let regions: [Int]
  /// Bytes from the region's start, by buffer.
  package let offsets: [Int]

  package init(regions: [Int], offsets: [Int]) {
    self.regions = regions
    self.offsets = offsets
  }
}

extension RegionProblem {
  /// Checks an assignment with `PlacementJudge`.
  ///
  /// - Throws: `PlanningError.invalidAnswer` naming the first fault.
  package func validate(_ assignment: RegionAssignment) throws(PlanningError) {
    let judge = PlacementJudge(
      arena.buffers, overlaps: arena.overlaps, capacities: capacities, pins: pins)
    let fault = judge.firstFault(offsets: assignment.offsets, pools: assignment.regions)
    if let fault { throw .invalidAnswer(fault) }
  }
}
