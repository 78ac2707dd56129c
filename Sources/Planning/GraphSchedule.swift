import GraphIR
import MemoryPlanning

/// A graph as a schedule problem: its nodes are the steps, its activations the buffers.
struct GraphSchedule {
  let problem: ScheduleProblem
  /// The value that a buffer of the problem stands for.
  let values: [ValueID]

  /// - Parameters:
  ///   - alignment: bytes to a multiple of which every size is rounded up.
  ///   - transientBytes: bytes that a node needs while it runs besides its operands, by node.
  ///   - takesMemory: whether a value takes bytes of the arena, by value.
  ///   - overlaps: what outputs may share with inputs.
  init(
    _ graph: Graph, _ dependencies: GraphDependencies, alignment: Int, transientBytes: [Int],
    takesMemory: [Bool], overlaps: [Demands.Overlap]
  ) throws(PlanningError) {
    let inputs = Set(graph.inputs.compactMap(\.self))
    let outputs = Set(graph.outputs.compactMap(\.self))
    var buffers: [ScheduleProblem.Buffer] = []
    var values: [ValueID] = []
    var places = [Int?](repeating: nil, count: graph.values.count)
    for (index, value) in graph.values.enumerated() {
      let id = ValueID(index)
      guard takesMemory[index] else { continue }
      let isTouched = dependencies.producers[index] != nil || !dependencies.consumers[index].isEmpty
      guard isTouched || inputs.contains(id) else { continue }
      buffers.append(
        ScheduleProblem.Buffer(
          size: value.byteCount.roundedUp(to: alignment),
          producer: dependencies.producers[index]?.index,
          consumers: dependencies.consumers[index].map(\.index), isKept: outputs.contains(id)))
      places[index] = values.count
      values.append(id)
    }
    let allowed = overlaps.compactMap { overlap -> AllowedOverlap? in
      guard let first = places[overlap.written.index], let second = places[overlap.read.index] else {
        return nil
      }
      return AllowedOverlap(first: first, second: second, overlap.condition.roundedUp(to: alignment))
    }
    let orderings = dependencies.orderings + Self.dataOrderings(dependencies, besides: values)
    let precedences = orderings.map {
      ScheduleProblem.Precedence(before: $0.before.index, after: $0.after.index)
    }
    problem = try ScheduleProblem(
      buffers: buffers, precedences: precedences, transientBytes: transientBytes, overlaps: allowed)
    self.values = values
  }

  /// A value that takes no memory, such as a dequantized weight, is still written before it is read.
  private static func dataOrderings(
    _ dependencies: GraphDependencies, besides buffered: [ValueID]
  ) -> [GraphDependencies.Ordering] {
    var isBuffered = [Bool](repeating: false, count: dependencies.producers.count)
    for value in buffered { isBuffered[value.index] = true }
    return dependencies.producers.enumerated().flatMap { index, producer in
      guard let producer, !isBuffered[index] else { return [GraphDependencies.Ordering]() }
      return dependencies.consumers[index].filter { $0 != producer }
        .map { GraphDependencies.Ordering(before: producer, after: $0) }
    }
  }
}

extension AllowedOverlap.Condition {
  /// The condition where all offsets are multiples of `alignment`.
  func roundedUp(to alignment: Int) -> Self {
    switch self {
    case .equal: .equal
    case .startsBefore(let bytes): .startsBefore(bytes.roundedUp(to: alignment))
    }
  }
}
