import Tensors

/// A function that a kernel applies to every pair of elements of its broadcast inputs.
protocol BinaryFunction: Sendable {
  associatedtype Left: BitwiseCopyable, Sendable
  associatedtype Right: BitwiseCopyable, Sendable
  associatedtype Output: BitwiseCopyable, Sendable

  func callAsFunction(_ left: Left, _ right: Right) -> Output

  /// - Throws: `invalidData` where the function is not defined for an element of its second input.
  func check(_ right: TensorBuffer<Right>) throws(KernelError)
}

extension BinaryFunction {
  func check(_ right: TensorBuffer<Right>) throws(KernelError) {}
}

/// The kernel of two inputs that broadcast.
struct ElementwisePair<Function: BinaryFunction>: Kernel {
  let function: Function
  let left: Shape
  let right: Shape
  let broadcast: Broadcast

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let left = try arguments.input(0, Function.Left.self, count: left.elementCount)
    let right = try arguments.input(1, Function.Right.self, count: right.elementCount)
    let output = try arguments.output(Function.Output.self, count: broadcast.shape.elementCount)
    try function.check(right)
    broadcast.forEachRun { run in
      unsafe apply(
        function, left.pointer + run.left, right.pointer + run.right, output.pointer + run.output,
        run.count, steps: (broadcast.steps.left, broadcast.steps.right))
    }
  }
}

extension NodeContext {
  func binaryKernel<Function: BinaryFunction>(_ function: Function) throws(KernelError) -> any Kernel {
    try requireCounts(inputs: 2...2)
    try requireDense(input: 0)
    try requireDense(input: 1)
    let (left, right) = try (inputShape(0), inputShape(1))
    let broadcast = try Broadcast(left, right)
    try requireOutput(shape: broadcast.shape.dimensions)
    return ElementwisePair(function: function, left: left, right: right, broadcast: broadcast).specialized()
  }
}

/// Computes one run: either operand steps through its elements or repeats one.
///
/// - Precondition: the pointers point to as many elements as the run visits.
@unsafe
@inline(__always)
private func apply<Function: BinaryFunction>(
  _ function: Function, _ left: UnsafePointer<Function.Left>, _ right: UnsafePointer<Function.Right>,
  _ output: UnsafeMutablePointer<Function.Output>, _ count: Int, steps: (Int, Int)
) {
  switch steps {
  case (1, 1):
    for index in 0..<count { unsafe output[index] = function(left[index], right[index]) }
  case (1, _):
    let repeated = unsafe right[0]
    for index in 0..<count { unsafe output[index] = function(left[index], repeated) }
  default:
    let repeated = unsafe left[0]
    for index in 0..<count { unsafe output[index] = function(repeated, right[index]) }
  }
}
