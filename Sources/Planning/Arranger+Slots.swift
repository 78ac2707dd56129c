import GraphIR
import MemoryPlanning
import Tensors

extension Arranger {
  /// Whether the model has loops whose carried tensors can stay in place.
  var hasSlots: Bool { LoopSlot.mayBe(in: model) }

  /// Whether the model's loops are over stripes, which no plan without slots suits.
  var isStriped: Bool { StripeLoops(model) != nil }

  /// Gives every buffer of the ordered graphs an offset, where loops keep their carried tensors in place.
  ///
  /// What an operator reads for the last time commonly stands in what it makes of it. Where apart is better, it stands
  /// apart: one buffer after another is tried, but not for a given order.
  ///
  /// - Parameter rounds: sequences of blocks that are tried for each choice; fewer than 500 for a first impression only.
  func placeSlots(
    _ ordered: [OrderedGraph], _ name: NamedOrder, rounds: Int, goal: Int = 0
  ) throws(PlanningError) -> Plan {
    let arena = try arena(ordered)
    let slots = LoopSlot.slots(of: model, arena.timeline)
    let rounds = isStriped ? rounds : Self.rounds(rounds, for: arena.contents.count)
    var best = try placement(arena, slots, [], rounds: rounds, goal: goal)
    if isStriped || name == .optimal, rounds >= 500, best.offsets.arenaBytes > goal {
      let parts = Array(Set(best.arena.optional).sorted().prefix(Self.looseParts))
      let placed =
        isStriped && !parts.isEmpty
        ? try loosened(arena, slots, parts, rounds: rounds, goal: goal)
        : try apart(arena, slots, best, rounds: rounds, goal: goal)
      if placed.offsets.arenaBytes < best.offsets.arenaBytes { best = placed }
    }
    let narrowed = ArenaProblem(
      problem: best.arena.problem, timeline: arena.timeline, contents: arena.contents)
    var plan = plan(
      ordered, name, narrowed, offsets: best.offsets.offsets, lowerBound: 0, nodes: 0)
    plan.countCoveredBytes(lowerBound: portBytes)
    return plan
  }

  /// Rounds for so many buffers: of many, each round takes longer.
  private static func rounds(_ rounds: Int, for count: Int) -> Int {
    max(rounds / 20, rounds * 128 / max(128, count))
  }

  /// The placement that is found when one part after another is let loose, as long as that takes less.
  private func apart(
    _ arena: ArenaProblem, _ slots: [LoopSlot], _ tied: (arena: SlotArena, offsets: Placement), rounds: Int,
    goal: Int
  ) throws(PlanningError) -> (arena: SlotArena, offsets: Placement) {
    var (best, loose) = (tied, Set<Int>())
    for part in tied.arena.optional.prefix(Self.looseParts) where best.offsets.arenaBytes > goal {
      let trial = loose.union([part])
      let placed = try placement(arena, slots, trial, rounds: rounds / 4, goal: goal)
      if placed.offsets.arenaBytes < best.offsets.arenaBytes { (best, loose) = (placed, trial) }
    }
    guard !loose.isEmpty, best.offsets.arenaBytes > goal else { return best }
    let last = try placement(arena, slots, loose, rounds: rounds, goal: goal)
    return last.offsets.arenaBytes < best.offsets.arenaBytes ? last : best
  }

  /// Parts that are tried apart from what their operators make of them.
  private static let looseParts = 64
  /// The most sequences of blocks that are tried for one part.
  private static let roundsOfParts = 250

  /// The placement that is found when one part after another is tied or let loose, as long as that takes less; at first
  /// all are tied, or none.
  private func loosened(
    _ arena: ArenaProblem, _ slots: [LoopSlot], _ parts: [Int], rounds: Int, goal: Int
  ) throws(PlanningError) -> (arena: SlotArena, offsets: Placement) {
    let few = min(rounds / 5, Self.roundsOfParts)
    var loose: Set<Int> = []
    var best = try placement(arena, slots, loose, rounds: rounds / 4, goal: goal)
    let apart = try placement(arena, slots, Set(parts), rounds: rounds / 4, goal: goal)
    if apart.offsets.arenaBytes < best.offsets.arenaBytes { (best, loose) = (apart, Set(parts)) }
    for _ in 0..<3 {
      let before = best.offsets.arenaBytes
      for part in parts where best.offsets.arenaBytes > goal && critical(best).contains(part) {
        let trial = loose.symmetricDifference([part])
        let placed = try placement(arena, slots, trial, rounds: few, goal: goal)
        if placed.offsets.arenaBytes < best.offsets.arenaBytes { (best, loose) = (placed, trial) }
      }
      if best.offsets.arenaBytes == before { break }
    }
    let last = try placement(arena, slots, loose, rounds: rounds, goal: goal)
    return last.offsets.arenaBytes < best.offsets.arenaBytes ? last : best
  }

  /// Buffers that hold a placement up: those that end highest, what stands right below them, and what is tied to either.
  private func critical(_ placed: (arena: SlotArena, offsets: Placement)) -> Set<Int> {
    let (buffers, offsets) = (placed.arena.problem.buffers, placed.offsets.offsets)
    let ends = buffers.indices.map { (offsets[$0] + buffers[$0].size).roundedUp(to: alignment) }
    var mates = [Int: [Int]]()
    for block in placed.arena.blocks where block.count > 1 {
      for member in block { mates[member.buffer] = block.map(\.buffer) }
    }
    let highest = ends.max() ?? 0
    var waiting = buffers.indices.filter { ends[$0] == highest }
    var found = Set(waiting)
    while let upper = waiting.popLast() {
      let below = buffers.indices.filter { lower in
        ends[lower] == offsets[upper] && buffers[lower].isLiveTogether(with: buffers[upper])
      }
      for buffer in below + (mates[upper] ?? []) where found.insert(buffer).inserted {
        waiting.append(buffer)
      }
    }
    return found
  }

  /// Bytes of the model's inputs, or of its outputs: they are in use together.
  var portBytes: Int {
    guard let main = model.graphs.first else { return 0 }
    func bytes(_ ports: [ValueID?]) -> Int {
      Set(ports.compactMap(\.self)).filter { demands.takesMemory[0][$0.index] }
        .reduce(0) { $0 + main[$1].byteCount.roundedUp(to: alignment) }
    }
    return max(bytes(main.inputs), bytes(main.outputs))
  }

  private func placement(
    _ arena: ArenaProblem, _ slots: [LoopSlot], _ loose: Set<Int>, rounds: Int, goal: Int
  ) throws(PlanningError) -> (arena: SlotArena, offsets: Placement) {
    let slotArena = try SlotArena(
      arena, of: model, slots, alignment: demands.partAlignment, loose: loose)
    let blocks = BlockProblem(slotArena.problem, blocks: slotArena.blocks)
    return (slotArena, blocks.placement(rounds: rounds, goal: goal))
  }

  /// Two buffers that are live together and share bytes otherwise than allowed, where tensors of loops that have one
  /// address are in place.
  func firstConflict(
    _ arena: ArenaProblem, at offsets: [Int?]
  ) throws(PlanningError) -> (first: Int, second: Int)? {
    guard let conflict = arena.problem.firstConflict(at: offsets) else { return nil }
    guard hasSlots else { return conflict }
    let numbers = Dictionary(zip(arena.contents, arena.contents.indices)) { first, _ in first }
    let slots = LoopSlot.slots(of: model, arena.timeline).filter { slot in
      let places = slot.contents.compactMap { numbers[$0] }.map { offsets[$0] }
      return places.allSatisfy { $0 != nil && $0 == places[0] }
    }
    return try SlotArena(arena, of: model, slots, alignment: 1).firstConflict(at: offsets)
  }

  /// The graphs of the model with the main graph in an order of the given name, and called graphs in the file's.
  func orderedMain(_ name: NamedOrder) throws(PlanningError) -> [OrderedGraph] {
    try mainOnly(ordered(name))
  }

  /// The graphs of the model with the main graph in the order that it has, and called graphs in the file's.
  func mainOnly(_ ordered: [OrderedGraph]) throws(PlanningError) -> [OrderedGraph] {
    var orders = model.graphs.map { Array($0.nodes.indices) }
    if let main = ordered.first { orders[0] = main.order }
    return try graphs(in: orders)
  }

  /// The best plan with loops' tensors in place that one of several orders of the main graph gives.
  func planSlots(_ name: NamedOrder, rounds: Int) throws(PlanningError) -> Plan {
    let first = try orderedMain(name)
    var best = try placeSlots(first, name, rounds: rounds)
    if name == .optimal, rounds >= 500, model.graphs[0].nodes.count > 2 {
      var tried = [first.first?.order]
      for other in [NamedOrder.file, .depthFirst] {
        let ordered = try orderedMain(other)
        guard !tried.contains(ordered.first?.order) else { continue }
        tried.append(ordered.first?.order)
        var plan = try placeSlots(ordered, name, rounds: rounds, goal: best.arenaBytes)
        plan.orderName = name
        if plan.arenaBytes < best.arenaBytes { best = plan }
      }
    }
    // More rounds choose otherwise on the way, and must not end worse.
    guard rounds > Self.usualRounds else { return best }
    let usual = try planSlots(name, rounds: Self.usualRounds)
    return usual.arenaBytes < best.arenaBytes ? usual : best
  }

  /// Sequences of blocks that are tried at normal effort.
  private static let usualRounds = 1_000
}

extension Plan {
  /// Counts bytes in use at each step where the plan puts them, those of several buffers once.
  ///
  /// - Parameter lowerBound: bytes that no plan goes below.
  mutating func countCoveredBytes(lowerBound: Int) {
    let covered = coveredBytes
    let peak = covered.max() ?? 0
    steps = zip(steps, covered).map { Step(graph: $0.graph, node: $0.node, liveBytes: $1) }
    proof.peakBytes = peak
    proof.lowerBoundBytes = min(peak, lowerBound)
    proof.arenaLowerBoundBytes = lowerBound
  }
}
