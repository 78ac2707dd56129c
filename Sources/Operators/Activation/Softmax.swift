package import GraphIR
import Tensors

/// e^(beta · x) over its sum along the last axis; equals TFLM's SOFTMAX, and LiteRT's for uint8.
package enum Softmax: Operator {
  package static let builtin = BuiltinOperator.softmax

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let rows = try Rows(context)
    let types = try (context.input(0).elementType, context.output().elementType)
    switch types {
    case (.float32, .float32):
      return rows.kernel(FloatSoftmax(beta: Float(context.attributes.real("beta"))))
    case (.int8, .int8): return try rows.kernel(ByteSoftmax<Int8, Int8>(context))
    case (.int8, .int16): return try rows.kernel(ByteSoftmax<Int8, Int16>(context))
    case (.uint8, .uint8): return try rows.kernel(ByteSoftmax<UInt8, UInt8>(context))
    case (.int16, .int16): return try rows.kernel(Int16Softmax(context))
    case (.float32, _), (.int8, _), (.uint8, _), (.int16, _): throw try context.refusal(ofOutputFor: 0)
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8")
    }
  }
}
