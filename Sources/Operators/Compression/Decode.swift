package import GraphIR
import Tensors

/// Constants in a coding, as the tensors that they stand for: TFLM's DECODE (`decode.cc`), bit for bit.
///
/// Operands are pairs: the coded tensor, and the ancillary one with header and tables.
package enum Decode: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "TFLM_DECODE"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let (inputs, outputs) = (context.node.inputs.count, context.node.outputs.count)
    guard outputs > 0, inputs == 2 * outputs else {
      throw .unsupported(
        "it has \(inputs) inputs and \(outputs) outputs; DECODE takes two inputs for each output")
    }
    var codings: [WeightCoding] = []
    var results: [[UInt8]] = []
    for position in 0..<outputs {
      let tensor = try CodedTensor(context, position)
      codings.append(tensor.coding)
      results.append(try tensor.decoded())
    }
    return DecodedTensors(codings: codings, results: results)
  }
}

extension CodedTensor {
  /// The coded tensor behind a result of DECODE.
  ///
  /// - Throws: `KernelError` for operands that are not constant, and what TFLM refuses about the coding.
  package init(_ context: NodeContext, _ position: Int) throws(KernelError) {
    for operand in [2 * position, 2 * position + 1] {
      guard try context.input(operand).isConstant else {
        throw .unsupported("input \(operand) is computed; DECODE takes constants only")
      }
    }
    try self.init(
      encoded: context.input(2 * position).data.bytes, ancillary: context.input(2 * position + 1).data.bytes,
      result: context.output(position))
  }
}

/// What the operands decode to; found once, as they are constants.
private struct DecodedTensors: Kernel {
  let codings: [WeightCoding]
  let results: [[UInt8]]

  func run(_ arguments: KernelArguments) {
    for (position, bytes) in results.enumerated() {
      arguments.output(position, UInt8.self).assign(bytes)
    }
  }

  /// The codings: the results follow from the operands.
  var lowered: LoweredOperator {
    LoweredOperator(
      form: "DecodedTensors", fields: [LoweredField("codings", LoweredValue(reflecting: codings))])
  }
}
