package import GraphIR

/// The activation that an operator applies to its result (`ActivationFunctionType`).
package enum FusedActivation: Int, Sendable {
  case none = 0
  case relu = 1
  case reluN1To1 = 2
  case relu6 = 3
  case tanh = 4
  case signBit = 5

  /// The activation in `fused_activation_function`; a number that the schema does not have is none, as runtimes
  /// read it.
  package init(_ attributes: Record) {
    self = FusedActivation(rawValue: attributes.integer("fused_activation_function")) ?? .none
  }

  /// The range to which float results are clamped; kernels of TFLM treat TANH and SIGN_BIT as none.
  package var floatRange: ClosedRange<Float> {
    switch self {
    case .relu: 0...Float.greatestFiniteMagnitude
    case .relu6: 0...6
    case .reluN1To1: -1...1
    default: -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude
    }
  }

  /// The range to which stored integers are clamped.
  ///
  /// - Parameter type: the range of the output's element type.
  package func quantizedRange(_ output: ScaleAndZeroPoint, type: ClosedRange<Int32>) -> ClosedRange<Int32> {
    func quantized(_ real: Float) -> Int32 {
      let rounded = (real / output.scale).rounded(.toNearestOrAwayFromZero)
      return output.zeroPoint &+ (Int32(exactly: rounded) ?? (rounded < 0 ? .min : .max / 2))
    }
    let (lower, upper): (Int32, Int32) =
      switch self {
      case .relu: (max(type.lowerBound, quantized(0)), type.upperBound)
      case .relu6: (max(type.lowerBound, quantized(0)), min(type.upperBound, quantized(6)))
      case .reluN1To1: (max(type.lowerBound, quantized(-1)), min(type.upperBound, quantized(1)))
      default: (type.lowerBound, type.upperBound)
      }
    return min(lower, upper)...max(lower, upper)
  }
}

/// Clamps as `std::min(std::max(x, lower), upper)` does: a NaN stays a NaN.
@inline(__always)
package func clamp(_ x: Float, to range: ClosedRange<Float>) -> Float {
  let raised = x < range.lowerBound ? range.lowerBound : x
  return range.upperBound < raised ? range.upperBound : raised
}

/// The nearest number in a range.
@inline(__always)
package func clamp(_ x: Int32, to range: ClosedRange<Int32>) -> Int32 {
  min(max(x, range.lowerBound), range.upperBound)
}
