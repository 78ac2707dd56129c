package import GraphIR
import Tensors

/// Root mean square over windows: input N×H×W×C, output N×H′×W′×C, float32 as TFLM's kernel.
package enum L2Pool2D: Operator {
  package static let builtin = BuiltinOperator.l2Pool2D

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let shape = try PoolShape(context)
    let range = FusedActivation(context.attributes).floatRange
    let type = try context.input(0).elementType
    guard type == .float32 else { throw .unsupportedType("input 0 is \(type); L2_POOL_2D takes float32") }
    return FloatRootMeanSquarePool(shape: shape, range: range)
  }
}

private struct FloatRootMeanSquarePool: Kernel {
  let shape: PoolShape
  let range: ClosedRange<Float>

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(0, Float.self)
    let output = arguments.output(0, Float.self)
    shape.forEachOutput { first, window in
      for channel in 0..<shape.channels {
        var sum: Float = 0
        window.forEach(channel) { sum += input[$0] * input[$0] }
        output[first + channel] = clamp((sum / Float(window.count)).squareRoot(), to: range)
      }
    }
  }
}
