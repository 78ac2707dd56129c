import GraphIR
import MemoryPlanning
import Tensors

extension Arranger {
  /// Whether the model has loops whose carried tensors can stay in place.
  var hasSlots: Bool { model.graphs.contains { $0.nodes.contains { $0.code.builtin == .while } } }

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
    var loose: Set<Int> = []
    let rounds = isStriped ? rounds : Self.rounds(rounds, for: arena.contents.count)
    var best = try placement(arena, slots, loose, rounds: rounds, goal: goal)
    for part in best.arena.optional.prefix(rounds < 500 || name != .optimal ? 0 : 64)
    where best.offsets.arenaBytes > goal {
      let trial = loose.union([part])
      let placed = try placement(arena, slots, trial, rounds: rounds / 4, goal: goal)
      if placed.offsets.arenaBytes < best.offsets.arenaBytes { (best, loose) = (placed, trial) }
    }
    if !loose.isEmpty, best.offsets.arenaBytes > goal {
      let placed = try placement(arena, slots, loose, rounds: rounds, goal: goal)
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
