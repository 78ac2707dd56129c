/// An operator that applies a function to float numbers.
protocol FloatFunctionOperator: Operator {
  static func evaluate(_ x: Float) -> Float
}

extension FloatFunctionOperator {
  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    guard case .float32 = try context.sharedType(inputs: 1) else {
      throw context.refusal(ofInput: 0, takes: "float32")
    }
    return try context.unaryKernel(FloatFunction<Self>())
  }
}

/// The function of an operator on floats.
struct FloatFunction<Evaluated: FloatFunctionOperator>: UnaryFunction {
  @inline(__always)
  func callAsFunction(_ x: Float) -> Float { Evaluated.evaluate(x) }
}

/// A function of quantized numbers by TensorFlow Lite's tables.
struct QuantizedByteFunction<Element: KernelInteger>: UnaryFunction {
  let function: QuantizedFunction

  func callAsFunction(_ x: Element) -> Element { function.evaluate(x) }
}

/// A function of 16-bit numbers by TensorFlow Lite's tables.
struct QuantizedInt16Function: UnaryFunction {
  let table: Int16Table

  init(_ function: QuantizedFunction) { table = function.table }

  @inline(__always)
  func callAsFunction(_ x: Int16) -> Int16 { table[x] }
}
