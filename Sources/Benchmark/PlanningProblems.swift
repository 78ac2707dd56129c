import GraphIR
import MemoryPlanning
import Planning
import Tensors

/// Bare problems of ordering and placement: those of models, and seeded random ones that are harder.
struct PlanningProblems {
  private(set) var orders: [ScheduleProblem] = []
  private(set) var placements: [PlacementProblem] = []

  /// Adds the graphs of a model, and its tensors as the plan orders them.
  mutating func add(_ model: Model, _ plan: Plan) throws(PlanningError) {
    for schedule in try Self.schedules(of: model) { orders.append(schedule) }
    placements.append(try PlacementProblem(buffers: Self.buffers(of: plan)))
  }

  /// The tensors of a plan with their lifetimes.
  static func buffers(of plan: Plan) -> [PlacementProblem.Buffer] {
    plan.buffers.map {
      PlacementProblem.Buffer(
        size: $0.byteCount, lower: $0.lifetime.lowerBound, upper: $0.lifetime.upperBound,
        alignment: plan.alignment)
    }
  }

  /// Every graph of a model as a problem of ordering: sizes in steps of 16 bytes, calls without memory of their own.
  static func schedules(of model: Model) throws(PlanningError) -> [ScheduleProblem] {
    let effects = EffectAnalysis(model).effects
    var problems: [ScheduleProblem] = []
    for (graph, effects) in zip(model.graphs, effects) {
      let dependencies = GraphDependencies(graph, effects: effects)
      var precedences = dependencies.orderings.map {
        ScheduleProblem.Precedence(before: $0.before.index, after: $0.after.index)
      }
      var buffers: [ScheduleProblem.Buffer] = []
      for (index, value) in graph.values.enumerated() {
        let (producer, readers) = (
          dependencies.producers[index]?.index, dependencies.consumers[index].map(\.index)
        )
        let isPort = graph.inputs.contains(ValueID(index))
        if dependencies.isFixed[index] || value.isVariable {
          for reader in readers where producer != nil && producer != reader {
            precedences.append(.init(before: producer ?? 0, after: reader))
          }
        } else if isPort || producer != nil || !readers.isEmpty {
          buffers.append(
            ScheduleProblem.Buffer(
              size: value.byteCount.roundedUp(to: 16), producer: producer, consumers: readers,
              isKept: graph.outputs.contains(ValueID(index))))
        }
      }
      problems.append(
        try ScheduleProblem(
          buffers: buffers, precedences: precedences,
          transientBytes: [Int](repeating: 0, count: graph.nodes.count)))
    }
    return problems
  }

  /// Adds random problems, the same for the same seed.
  mutating func addGenerated(seed: UInt64, count: Int) throws(PlanningError) {
    var random = SeededRandom(seed: seed)
    for number in 0..<count {
      orders.append(try Self.order(steps: 20 + 4 * number, &random))
      placements.append(try Self.placement(buffers: 14 + 3 * number, &random))
    }
  }

  /// Steps that read one to three results of the eight steps before, and may write over those that die.
  private static func order(steps: Int, _ random: inout SeededRandom) throws(PlanningError) -> ScheduleProblem
  {
    var readers = [[Int]](repeating: [], count: steps)
    for step in 1..<steps {
      for _ in 0...random.next(below: 3) { readers[max(0, step - 1 - random.next(below: 8))].append(step) }
    }
    let buffers = readers.enumerated().map { step, readers in
      ScheduleProblem.Buffer(
        size: 16 * (1 + random.next(below: 64)), producer: step, consumers: readers, isKept: readers.isEmpty)
    }
    var overlaps: [AllowedOverlap] = []
    for (read, buffer) in buffers.enumerated() {
      for written in buffer.consumers where random.next(below: 4) == 0 {
        overlaps.append(
          AllowedOverlap(first: written, second: read, .startsBefore(16 * random.next(below: 8))))
      }
    }
    return try ScheduleProblem(
      buffers: buffers, transientBytes: [Int](repeating: 0, count: steps), overlaps: overlaps)
  }

  /// Buffers with short and long lives, some of which may start over one that dies when they begin.
  private static func placement(
    buffers count: Int, _ random: inout SeededRandom
  ) throws(PlanningError) -> PlacementProblem {
    let buffers = (0..<count).map { _ in
      let lower = random.next(below: count)
      return PlacementProblem.Buffer(
        size: 1 + random.next(below: 40), lower: lower, upper: lower + 1 + random.next(below: 1 + count / 3))
    }
    var overlaps: [AllowedOverlap] = []
    for (first, written) in buffers.enumerated() {
      for (second, read) in buffers.enumerated()
      where first != second && read.upper == written.lower + 1 && read.lower < written.lower {
        let distance = random.next(below: 12)
        overlaps.append(
          AllowedOverlap(first: first, second: second, distance == 0 ? .equal : .startsBefore(distance)))
      }
    }
    return try PlacementProblem(buffers: buffers, overlaps: overlaps)
  }
}
