import GraphIR
import Tensors

/// The scales below which the output of an operator may not lie.
///
/// An operator's results come in steps of its operands' scales: an output that is stored far finer gains nothing,
/// and the multiplier from one to the other leaves the range of the kernels. That is where activations are dead but
/// for rounding, or cancel out.
struct OutputScaleFloor {
  let graph: Graph

  /// - Parameters:
  ///   - scale: that of an operand by its position; nil for one that is not stored as integers.
  /// - Returns: nil where any scale will do.
  func least(of id: NodeID, _ type: ElementType, scale: (Int) -> Double?) -> Double? {
    let node = graph[id]
    guard node.passFacts?.recurrence == nil else { return nil }
    if let layer = node.passFacts?.layer {
      guard let filter = node.floatConstant(layer.filter, in: graph), let input = scale(layer.input) else {
        return nil
      }
      let extent = filter.data.elements(Float.self).reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
      return input * Double(extent) / 127 / Self.sumRoom(type)
    }
    let scales = node.inputs.indices.compactMap(scale)
    guard let largest = scales.max() else { return nil }
    switch node.code.builtin {
    case .batchMatMul: return scales.reduce(1, *) / Self.sumRoom(type)
    case .mul: return scales.reduce(1, *)
    // The kernel's unit is twice the larger scale.
    case .squaredDifference: return 4.5 * largest * largest
    case .sum: return largest
    // Its kernel computes with 7 bits more than the input has.
    case .hardSwish: return largest / 64
    default: return largest / 4096
    }
  }

  /// How many steps of the output one step of a sum may be: 32-bit sums are shifted left by as much.
  private static func sumRoom(_ type: ElementType) -> Double { type == .int16 ? 64 : 16 }
}
