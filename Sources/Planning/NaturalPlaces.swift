package import GraphIR
import Tensors

/// Distances at which an operator that moves bytes finds its results where its operands already are, so that it moves
/// nothing.
///
/// TFLM's kernels copy whole operands by memcpy where there is one block of each (`concatenation.cc`, `split.cc`,
/// `split_v.cc`), and nothing where operand and result of RESHAPE and DYNAMIC_UPDATE_SLICE have one address.
struct NaturalPlace {
  let container: ValueID
  let part: ValueID
  /// Bytes from the container's start to the part's.
  let distance: Int
  /// Whether the operator reads the part and writes the container.
  let isJoined: Bool

  static func places(of node: Node, in graph: Graph) -> [NaturalPlace] {
    switch node.code.builtin {
    case .reshape, .dynamicUpdateSlice, .squeeze, .expandDims:
      guard let input = node.inputs.first ?? nil, let output = node.outputs.first else { return [] }
      return [NaturalPlace(container: output, part: input, distance: 0, isJoined: true)]
    case .concatenation:
      guard let output = node.outputs.first, isOneBlock(node, graph[output], in: graph) else { return [] }
      return parts(node.inputs.compactMap(\.self), of: output, isJoined: true, graph)
    case .split, .splitV:
      let operand = node.code.builtin == .split ? 1 : 0
      guard node.inputs.indices.contains(operand), let input = node.inputs[operand],
        isOneBlock(node, graph[input], in: graph)
      else { return [] }
      return parts(node.outputs, of: input, isJoined: false, graph)
    default: return []
    }
  }

  private static func parts(
    _ parts: [ValueID], of container: ValueID, isJoined: Bool, _ graph: Graph
  ) -> [NaturalPlace] {
    var distance = 0
    return parts.map { part in
      defer { distance += graph[part].byteCount }
      return NaturalPlace(container: container, part: part, distance: distance, isJoined: isJoined)
    }.filter { !graph[$0.part].isConstant && graph[$0.part].hasNumbers(of: graph[container]) }
  }

  /// Whether all axes before the operator's are 1.
  private static func isOneBlock(_ node: Node, _ whole: Value, in graph: Graph) -> Bool {
    let dimensions = (whole.dimensions ?? []).map(Int.init)
    let axis: Int?
    switch node.code.builtin {
    case .concatenation: axis = node.attributes.integer("axis")
    default:
      let operand = node.code.builtin == .split ? 0 : 2
      guard node.inputs.indices.contains(operand), let id = node.inputs[operand], graph[id].isConstant else {
        return false
      }
      axis = graph[id].data.elements(Int32.self).first.map(Int.init)
    }
    guard let axis else { return false }
    let positive = axis < 0 ? axis + dimensions.count : axis
    return dimensions.indices.contains(positive) && dimensions[..<positive].allSatisfy { $0 == 1 }
  }
}

extension Value {
  /// Whether equal bytes of the two stand for equal numbers, so that a kernel has nothing to convert.
  package func hasNumbers(of other: Value) -> Bool {
    elementType == other.elementType && quantization?.scales ?? [] == other.quantization?.scales ?? []
      && quantization?.zeroPoints ?? [] == other.quantization?.zeroPoints ?? []
  }
}
