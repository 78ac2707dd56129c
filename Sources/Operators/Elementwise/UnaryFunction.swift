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

/// The kernel of one input and one output of the same shape.
struct Elementwise<Function: UnaryFunction>: Kernel {
  let function: Function
  let count: Int

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let input = try arguments.input(0, Function.Input.self, count: count)
    let output = try arguments.output(Function.Output.self, count: count)
    try function.check(input)
    let source = unsafe input.pointer
    let target = unsafe output.pointer
    for index in 0..<count { unsafe target[index] = function(source[index]) }
  }
}

extension NodeContext {
  /// A kernel that computes every element.
  func unaryKernel<Function: UnaryFunction>(_ function: Function) throws(KernelError) -> any Kernel {
    Elementwise(function: function, count: try unaryElementCount()).specialized()
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
struct Tabulated<Input: FixedWidthInteger & BitwiseCopyable & Sendable, Output: BitwiseCopyable & Sendable>:
  UnaryFunction
{
  private let table: ByteTable<Output>

  init<Function: UnaryFunction>(_ function: Function)
  where Function.Input == Input, Function.Output == Output {
    table = ByteTable(Input.self) { function($0) }
  }

  @inline(__always)
  func callAsFunction(_ x: Input) -> Output { table[x] }
}

/// A function of 8-bit integers that brings its argument into a range.
private struct Clamped<Element: FixedWidthInteger & BitwiseCopyable & Sendable>: UnaryFunction {
  private let lower: Element
  private let upper: Element

  /// - Returns: nil where the function is another.
  init?<Function: UnaryFunction>(equalTo function: Function)
  where Function.Input == Element, Function.Output == Element {
    lower = function(.min)
    upper = function(.max)
    guard lower <= upper else { return nil }
    for x in Element.min...Element.max where function(x) != self(x) { return nil }
  }

  @inline(__always)
  func callAsFunction(_ x: Element) -> Element { min(max(x, lower), upper) }
}
