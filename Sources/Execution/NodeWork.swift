import GraphIR
import Operators
import Tensors

/// What one run of an operator takes, in units of about a nanosecond: bytes that it reads and writes, and numbers
/// that it multiplies, adds or compares.
///
/// Clocks would bound a run too, but would let a model run on one machine and not on another.
enum NodeWork {
  /// What an operator takes for its call, however small it is.
  private static let perNode = 256
  /// What an operator takes for each number that it writes, beside what it adds up: scaling, rounding, clamping.
  private static let perResult = 8

  /// What a call of a graph takes without its operators: its ports are copied. Saturates at `Int.max`.
  static func ofCall(_ graph: Graph) -> Int {
    (graph.inputs + graph.outputs).compactMap(\.self).reduce(4 * perNode) {
      $0.saturatingAdd(graph[$1].byteCount)
    }
  }

  /// What a run of an operator takes, without the graphs that it calls. Saturates at `Int.max`.
  static func of(_ node: Node, in graph: Graph) -> Int {
    let operands = node.inputs.compactMap(\.self) + node.outputs
    let results = node.outputs.reduce(0) { $0.saturatingAdd(graph[$1].shape?.elementCount ?? 0) }
    return operands.reduce(perNode) { $0.saturatingAdd(graph[$1].byteCount) }
      .saturatingAdd(results.saturatingMultiply(perResult)).saturatingAdd(steps(of: node, in: graph))
  }

  /// Steps of operators that look at an operand more than once.
  private static func steps(of node: Node, in graph: Graph) -> Int {
    switch node.code.builtin {
    case .averagePool2D, .maxPool2D, .l2Pool2D:
      guard let input = graph.inputShape(0, of: node), let output = graph.outputShape(0, of: node),
        input.rank == 4
      else { return 0 }
      let rows = min(input[1], max(0, node.attributes.integer("filter_height")))
      let columns = min(input[2], max(0, node.attributes.integer("filter_width")))
      return output.elementCount.saturatingMultiply(rows).saturatingMultiply(columns)
    case .topkV2:
      guard let input = graph.inputShape(0, of: node), let output = graph.outputShape(0, of: node) else {
        return 0
      }
      return input.elementCount.saturatingMultiply(output.dimensions.last ?? 0)
    case .custom where node.code.customName == DetectionPostProcess.customName:
      // Boxes with scores, of which every one that is kept is compared with the others.
      guard let boxes = graph.inputShape(0, of: node), let kept = graph.outputShape(0, of: node) else {
        return 0
      }
      return boxes.elementCount.saturatingMultiply(kept.elementCount)
    default:
      return max(0, Registry.multiplyAccumulates(of: node, in: graph))
    }
  }
}
