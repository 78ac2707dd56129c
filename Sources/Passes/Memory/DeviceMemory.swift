package import GraphIR
import MemoryPlanning
package import Runtimes

/// What the kernels of a runtime need besides tensors, and what they let tensors share.
package struct DeviceMemory: Sendable {
  /// The build of TFLM whose scratch buffers are counted.
  package let target: TFLMTarget
  /// Bytes of a node's scratch buffers, each rounded up to the arena's alignment, by graph and node.
  let scratchBytes: [[Int]]
  /// What a node's output may share with its inputs, by graph.
  let overlaps: [[ValueOverlap]]

  /// A value that a node writes, and one that it reads, by which it may be overlapped where it dies.
  struct ValueOverlap: Sendable, Equatable {
    let written: ValueID
    let read: ValueID
    let condition: AllowedOverlap.Condition
  }

  /// - Parameter libraries: the kernel libraries on which every overlap must be safe; none for no overlap.
  /// - Throws: `TFLMRuntimeError.tensorTooLarge` for a tensor that the runtime cannot count.
  package init(
    _ model: Model, target: TFLMTarget, overlapSafeOn libraries: [KernelLibrary]
  ) throws(TFLMRuntimeError) {
    var scratch = model.graphs.map { [Int](repeating: 0, count: $0.nodes.count) }
    for request in try TFLMRuntime(target).predict(model).scratch {
      scratch[request.graph.index][request.node.index] +=
        request.bytes.roundedUp(to: TFLMRuntime.alignment)
    }
    self.target = target
    scratchBytes = scratch
    let rules = libraries.map(OverlapRules.init)
    overlaps = model.graphs.map { Self.overlaps(in: $0, rules) }
  }

  /// Whether a plan for the one is a plan for the other.
  package func isSame(as other: DeviceMemory) -> Bool {
    scratchBytes == other.scratchBytes && overlaps == other.overlaps
  }

  private static func overlaps(in graph: Graph, _ rules: [OverlapRules]) -> [ValueOverlap] {
    var overlaps: [ValueOverlap] = []
    guard !rules.isEmpty else { return [] }
    for node in graph.nodes {
      for (position, input) in node.inputs.enumerated() {
        guard let input, let output = node.outputs.first, input != output, !graph[input].isConstant,
          !graph[input].isVariable, !graph[output].isVariable
        else { continue }
        let allowed = rules.map { $0.rule(input: position, of: node, in: graph) }
        guard let condition = strictest(allowed) else { continue }
        overlaps.append(ValueOverlap(written: output, read: input, condition: condition))
      }
    }
    return overlaps
  }

  /// The condition that meets all rules; nil where they leave no overlap in common.
  private static func strictest(_ rules: [OverlapRule]) -> AllowedOverlap.Condition? {
    var distance = 0
    var isEqual = false
    for rule in rules {
      switch rule {
      case .disjoint: return nil
      case .sameAddress: isEqual = true
      case .startsBefore(let bytes): distance = max(distance, bytes)
      }
    }
    if isEqual { return distance == 0 ? .equal : nil }
    return .startsBefore(distance)
  }
}

extension KernelLibrary {
  /// Any of them: what an overlap must be safe on where the firmware's is not known.
  package static var any: [KernelLibrary] { allCases }
}
