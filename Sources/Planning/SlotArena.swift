import GraphIR
import MemoryPlanning
import Tensors

/// The placement problem of ordered graphs whose loops keep their carried tensors in place, and whose joined and split
/// tensors lie in one another.
///
/// Which tensors stand at a given distance is chosen one tie at a time: a tie that would let two tensors share bytes
/// otherwise than they may is left out.
struct SlotArena {
  let arena: ArenaProblem
  private(set) var problem: PlacementProblem
  private(set) var blocks: [[BlockProblem.Member]]
  private var placeOf: [(block: Int, offset: Int)]
  /// Pairs that may share bytes at a given distance between their starts, by both numbers.
  private var natural: [Pair: Int] = [:]
  private let alignment: Int
  /// Buffers that are never put into what their operator makes of them.
  private let loose: Set<Int>
  /// The loop's result of the body's outputs that have one address with it: it is written behind the body's last node.
  private var results: [Int: Int] = [:]
  /// Buffers that were put there, and need not be.
  private(set) var optional: [Int] = []

  private struct Pair: Hashable {
    let first: Int
    let second: Int
  }

  /// - Parameters:
  ///   - slots: of the model's loops.
  ///   - alignment: bytes to a multiple of which a part of another tensor must start.
  ///   - loose: buffers, by number, that stand apart from what their operator makes of them.
  init(
    _ arena: ArenaProblem, of model: Model, _ slots: [LoopSlot], alignment: Int, loose: Set<Int> = []
  ) throws(PlanningError) {
    self.arena = arena
    self.alignment = alignment
    self.loose = loose
    problem = arena.problem
    (blocks, placeOf) = ([], [])
    let numbers = Dictionary(zip(arena.contents, arena.contents.indices)) { first, _ in first }
    let slots = try tieWhole(slots, numbers, model)
    tieResults(slots, numbers, model)
    for (graph, contents) in model.graphs.enumerated() {
      for node in contents.nodes {
        for place in NaturalPlace.places(of: node, in: contents) {
          tie(place, in: GraphID(graph), numbers, contents)
        }
      }
    }
    let inside = Set(slots.map(\.body))
    for overlap in problem.overlaps { tieInPlace(overlap, inside) }
    blocks.removeAll(where: \.isEmpty)
  }

  /// Puts the tensors of slots at one address each, with the lifetimes that they have then.
  ///
  /// - Parameter tries: how often slots are left out before none is left, so that the work is bounded.
  /// - Returns: the slots but for those that cannot stand so beside others, in loops in loops: their tensors are copied, and
  ///   live as others do.
  private mutating func tieWhole(
    _ slots: [LoopSlot], _ numbers: [Plan.Content: Int], _ model: Model, tries: Int = 4
  ) throws(PlanningError) -> [LoopSlot] {
    blocks = arena.contents.indices.map { [BlockProblem.Member(buffer: $0, offset: 0)] }
    placeOf = arena.contents.indices.map { ($0, 0) }
    natural = [:]
    let shorter = try Self.narrowed(arena, slots, numbers, model)
    (problem, results) = (shorter.problem, shorter.results)
    for (_, members) in shorter.slots { tieSlot(members) }
    let apart = shorter.slots.filter { _, members in
      members.contains { placeOf[$0] != placeOf[members[0]] }
    }.map(\.number)
    guard !apart.isEmpty else { return slots }
    let rest = tries == 0 ? [] : slots.indices.filter { !apart.contains($0) }.map { slots[$0] }
    return try tieWhole(rest, numbers, model, tries: tries - 1)
  }

  /// The problem with the slots' own lifetimes, and the buffers of those slots, by number, that may be at one address.
  private static func narrowed(
    _ arena: ArenaProblem, _ slots: [LoopSlot], _ numbers: [Plan.Content: Int], _ model: Model
  ) throws(PlanningError) -> (
    problem: PlacementProblem, slots: [(number: Int, members: [Int])], results: [Int: Int]
  ) {
    let known = SlotLifetimes(model: model, timeline: arena.timeline)
    var buffers = arena.problem.buffers
    var tied: [(number: Int, members: [Int])] = []
    var results: [Int: Int] = [:]
    /// Buffers whose last reader in their graph does not end them.
    var lasting: Set<Int> = []
    for (number, slot) in slots.enumerated() {
      let members = slot.contents.compactMap { numbers[$0] }
      guard let lifetimes = known.lifetimes(of: slot), members.count == slot.contents.count,
        Set(members).count == members.count,
        members.allSatisfy({ buffers[$0].size == buffers[members[0]].size })
      else { continue }
      let end = arena.timeline.spans[slot.caller.index][slot.loop.index]?.lowerBound ?? 0
      guard slot.isUnchanged || slot.operand == nil || lifetimes[0].upperBound <= end + 1 else { continue }
      guard slot.isUnchanged || isFollowing(members, lifetimes, arena.problem) else { continue }
      for (member, lifetime) in zip(members, lifetimes) {
        buffers[member] = PlacementProblem.Buffer(
          size: buffers[member].size, lower: lifetime.lowerBound, upper: lifetime.upperBound,
          alignment: buffers[member].alignment)
      }
      tied.append((number, members))
      if !slot.isUnchanged, let output = members.last {
        results[output] = numbers[slot.contents[slot.contents.count - 4]]
      }
      lasting.formUnion(slot.lasting.compactMap { numbers[$0] })
    }
    var overlaps = arena.problem.overlaps.filter { !lasting.contains($0.second) }
    // What the body's last node may write over, the loop's result may stand over.
    overlaps += overlaps.compactMap { overlap in
      results[overlap.first].map { AllowedOverlap(first: $0, second: overlap.second, overlap.condition) }
    }
    return (try PlacementProblem(buffers: buffers, overlaps: overlaps), tied, results)
  }

  /// Whether the body's output may lie on its input: it is written when that has been read, or by a kernel for which
  /// one address is right.
  private static func isFollowing(
    _ members: [Int], _ lifetimes: [Range<Int>], _ problem: PlacementProblem
  ) -> Bool {
    let (input, output) = (members[members.count - 2], members[members.count - 1])
    let (read, written) = (lifetimes[lifetimes.count - 2], lifetimes[lifetimes.count - 1])
    if read.upperBound <= written.lowerBound { return true }
    guard read.upperBound == written.lowerBound + 1 else { return false }
    return problem.overlaps.contains { overlap in
      overlap.first == output && overlap.second == input
        && (overlap.condition == .equal || overlap.condition == .startsBefore(0))
    }
  }

  private mutating func tieSlot(_ members: [Int]) {
    allow(members, members)
    for member in members.dropFirst() { merge(member, onto: members[0], at: 0) }
  }

  private mutating func allow(_ some: [Int], _ others: [Int]) {
    for one in some {
      for two in others where one != two { natural[Pair(first: one, second: two)] = 0 }
    }
  }

  /// Lets the results of loops over stripes lie on their sources.
  private mutating func tieResults(_ slots: [LoopSlot], _ numbers: [Plan.Content: Int], _ model: Model) {
    guard let loops = StripeLoops(model) else { return }
    for source in slots where source.isUnchanged {
      guard let shared = loops.shared(by: source.body), shared.source == source.position,
        let result = slots.first(where: { $0.body == source.body && $0.position == shared.result }),
        let chain = chain(from: result, to: source, model.graphs[source.caller.index])
      else { continue }
      let sources = source.contents.compactMap { numbers[$0] }
      let results = result.contents.compactMap { numbers[$0] }
      let between = chain.compactMap { numbers[.tensor(source.caller, $0)] }
      guard let first = sources.first, let other = results.first else { continue }
      allow(sources, results + between)
      allow(results + between, sources)
      for value in between { merge(value, onto: first, at: 0) }
      merge(other, onto: first, at: 0)
    }
  }

  /// The values from which a result's first contents come, without copying any byte; nil where they do not come from
  /// the source, or somebody reads that after the loop, in the order that is planned.
  private func chain(from result: LoopSlot, to source: LoopSlot, _ graph: Graph) -> [ValueID]? {
    let spans = arena.timeline.spans[source.caller.index]
    guard let end = source.operand, var value = result.operand, !graph.outputs.contains(end),
      !graph.outputs.contains(source.result),
      !graph.nodes.contains(where: { $0.inputs.contains(source.result) }),
      let loop = spans[source.loop.index],
      graph.nodes.indices.allSatisfy({ node in
        !graph.nodes[node].inputs.contains(end)
          || spans[node].map { $0.lowerBound <= loop.lowerBound } ?? true
      })
    else { return nil }
    var chain: [ValueID] = []
    while value != end {
      guard chain.count < 8, let node = graph.nodes.first(where: { $0.outputs.contains(value) }),
        node.code.builtin == .reshape || node.code.builtin == .slice && node.startsAtZero(in: graph),
        let input = node.inputs[0]
      else { return nil }
      chain.append(value)
      value = input
    }
    return Array(chain.dropFirst())
  }

  private mutating func tie(
    _ place: NaturalPlace, in graph: GraphID, _ numbers: [Plan.Content: Int], _ contents: Graph
  ) {
    guard let container = numbers[.tensor(graph, place.container)],
      let part = numbers[.tensor(graph, place.part)],
      place.distance % max(alignment, (contents[place.part].elementType.bitWidth ?? 8) / 8) == 0
    else { return }
    guard !place.isJoined || !loose.contains(part) else { return }
    defer { if place.isJoined { optional.append(part) } }
    let (read, written) = place.isJoined ? (part, container) : (container, part)
    // Only the operator itself may see both.
    guard problem.buffers[read].upper <= problem.buffers[written].lower + 1 else { return }
    for whole in [container, results[container]].compactMap(\.self) where whole != part {
      natural[Pair(first: whole, second: part)] = place.distance
      natural[Pair(first: part, second: whole)] = -place.distance
    }
    merge(part, onto: container, at: place.distance)
  }

  /// Puts what a node of a loop's body reads for the last time right behind where it begins to write, where that is near:
  /// padding, sums.
  private mutating func tieInPlace(_ overlap: AllowedOverlap, _ bodies: Set<GraphID>) {
    let (written, read) = (overlap.first, overlap.second)
    guard case .tensor(let graph, _) = arena.contents[read], bodies.contains(graph), !loose.contains(read),
      problem.buffers[read].upper <= problem.buffers[written].lower + 1
    else { return }
    let distance: Int
    switch overlap.condition {
    case .equal: distance = 0
    case .startsBefore(let bytes): distance = bytes.roundedUp(to: max(alignment, 4))
    }
    guard distance * 4 <= problem.buffers[written].size else { return }
    optional.append(read)
    merge(read, onto: written, at: distance)
  }

  /// Puts the block of one buffer into that of another, so that the buffers' starts are at a distance, unless something
  /// stands in the way.
  private mutating func merge(_ moved: Int, onto fixed: Int, at distance: Int) {
    let (from, to) = (placeOf[moved].block, placeOf[fixed].block)
    guard from != to else { return }
    let shift = placeOf[fixed].offset + distance - placeOf[moved].offset
    for one in blocks[from] {
      for two in blocks[to] where !isAllowed(one.buffer, two.buffer, two.offset - one.offset - shift) {
        return
      }
    }
    let joined =
      blocks[to] + blocks[from].map { BlockProblem.Member(buffer: $0.buffer, offset: $0.offset + shift) }
    let lowest = joined.map(\.offset).min() ?? 0
    blocks[from] = []
    blocks[to] = joined.map { BlockProblem.Member(buffer: $0.buffer, offset: $0.offset - lowest) }
    for member in blocks[to] { placeOf[member.buffer] = (to, member.offset) }
  }

  /// Whether two buffers may be at a distance from the first's start to the second's.
  private func isAllowed(_ first: Int, _ second: Int, _ distance: Int) -> Bool {
    natural[Pair(first: first, second: second)] == distance
      || problem.areApart(first, second, startingAt: 0, distance)
  }

  /// Two buffers that are live together and share bytes otherwise than allowed.
  func firstConflict(at offsets: [Int?]) -> (first: Int, second: Int)? {
    for second in offsets.indices {
      guard let end = offsets[second] else { continue }
      for first in 0..<second {
        guard let start = offsets[first], !isAllowed(first, second, end - start) else { continue }
        return (first, second)
      }
    }
    return nil
  }
}

extension Node {
  /// Whether a SLICE begins at the first element.
  fileprivate func startsAtZero(in graph: Graph) -> Bool {
    guard inputs.count > 1, let begin = inputs[1], graph[begin].isConstant else { return false }
    return graph[begin].data.bytes.allSatisfy { $0 == 0 }
  }
}
