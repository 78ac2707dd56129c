package import GraphIR
import Tensors

/// The index tuples (int64) of the elements that are not 0.
///
/// How many there are only the data tells; the declared output must have as many rows.
package enum Where: Operator {
  package static let builtin = BuiltinOperator.where

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.input(0).elementType {
    case .bool, .uint8, .int8: try kernel(context, UInt8.self)
    case .int16: try kernel(context, Int16.self)
    case .float32: try kernel(context, Float.self)
    case .int32, .uint32: try kernel(context, Int32.self)
    case .int64: try kernel(context, Int64.self)
    case let type:
      throw .unsupportedType(
        "input 0 is \(type); WHERE takes bool, float32, int8, uint8, int16, int32, uint32, int64")
    }
  }

  private static func kernel<Element: Numeric & BitwiseCopyable & Sendable>(
    _ context: NodeContext, _ type: Element.Type
  ) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    try context.requireDense(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let indexType = try context.output().elementType
    guard indexType == .int64 else { throw .unsupportedType("output 0 is \(indexType), not int64") }
    guard output.rank == 2, output[1] == input.rank else {
      throw .invalidShape("output 0 is \(output), not count×\(input.rank)")
    }
    return NonzeroPlaces<Element>(input: input, output: output).specialized()
  }
}

private struct NonzeroPlaces<Element: Numeric & BitwiseCopyable & Sendable>: Kernel {
  let input: Shape
  let output: Shape

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let source = arguments.input(0, Element.self)
    let places = (0..<input.elementCount).filter { source[$0] != 0 }
    guard places.count == output[0] else {
      throw .invalidData(
        "\(places.count) elements are not 0, but output 0 is declared \(output): its size depends on the data"
      )
    }
    let target = arguments.output(0, Int64.self)
    for (row, place) in places.enumerated() {
      for (axis, stride) in input.strides.enumerated() {
        target[row * input.rank + axis] = Int64(place / stride % input[axis])
      }
    }
  }
}
