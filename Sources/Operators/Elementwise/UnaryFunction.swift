import Tensors

/// A function that a kernel applies to every element of its input.
protocol UnaryFunction: Sendable {
  associatedtype Input: BitwiseCopyable, Sendable
  associatedtype Output: BitwiseCopyable, Sendable

  func callAsFunction(_ x: Input) -> Output

  /// - Throws: `invalidData` where the function is not defined for an element.
  func check(_ input: TensorBuffer<Input>) throws(KernelError)
}

extension UnaryFunction {
  func check(_ input: TensorBuffer<Input>) throws(KernelError) {}
}

/// Kernels of one input and one output of the same shape.
///
/// They are closures made where the function's type is known: a generic type behind `any Kernel` would not
/// be specialized.
extension NodeContext {
  /// A kernel that computes every element.
  func unaryKernel<Function: UnaryFunction>(_ function: Function) throws(KernelError) -> any Kernel {
    let count = try unaryElementCount()
    return ClosureKernel { (arguments) throws(KernelError) in
      let input = try arguments.input(0, Function.Input.self, count: count)
      let output = try arguments.output(Function.Output.self, count: count)
      try function.check(input)
      let source = unsafe input.pointer
      let target = unsafe output.pointer
      for index in 0..<count { unsafe target[index] = function(source[index]) }
    }
  }

  /// A kernel that takes 8-bit inputs through a table, and computes the outputs for others.
  func tabulatedKernel<Function: UnaryFunction>(
    _ function: Function
  ) throws(KernelError) -> any Kernel where Function.Input: FixedWidthInteger {
    guard Function.Input.bitWidth == 8 else { return try unaryKernel(function) }
    return try unaryKernel(Tabulated(function))
  }

  /// As `tabulatedKernel`, and for 8-bit inputs a mere clamp where the function does no more.
  func integerKernel<Function: UnaryFunction>(
    _ function: Function
  ) throws(KernelError) -> any Kernel
  where Function.Input: FixedWidthInteger, Function.Output == Function.Input {
    if Function.Input.bitWidth == 8, let clamp = Clamped(equalTo: function) {
      return try unaryKernel(clamp)
    }
    return try tabulatedKernel(function)
  }

  private func unaryElementCount() throws(KernelError) -> Int {
    try requireCounts(inputs: 1...1)
    try requireDense(input: 0)
    try requireOutput(shape: inputShape(0).dimensions)
    return try outputShape().elementCount
  }
}

/// A function of 8-bit integers by its table.
private struct Tabulated<Function: UnaryFunction>: UnaryFunction where Function.Input: FixedWidthInteger {
  private let function: Function
  private let table: ByteTable<Function.Output>

  init(_ function: Function) {
    self.function = function
    table = ByteTable(Function.Input.self) { function($0) }
  }

  @inline(__always)
  func callAsFunction(_ x: Function.Input) -> Function.Output { table[x] }

  func check(_ input: TensorBuffer<Function.Input>) throws(KernelError) { try function.check(input) }
}

/// A function of 8-bit integers that brings its argument into a range.
private struct Clamped<Function: UnaryFunction>: UnaryFunction
where Function.Input: FixedWidthInteger, Function.Output == Function.Input {
  private let function: Function
  private let lower: Function.Input
  private let upper: Function.Input

  /// - Returns: nil where the function is another.
  init?(equalTo function: Function) {
    self.function = function
    lower = function(.min)
    upper = function(.max)
    guard lower <= upper else { return nil }
    for x in Function.Input.min...Function.Input.max where function(x) != self(x) { return nil }
  }

  @inline(__always)
  func callAsFunction(_ x: Function.Input) -> Function.Input { min(max(x, lower), upper) }

  func check(_ input: TensorBuffer<Function.Input>) throws(KernelError) { try function.check(input) }
}
