import Foundation
import Tensors

/// A function of the rows along the last axis.
protocol RowFunction: Sendable {
  associatedtype Input: BitwiseCopyable, Sendable
  associatedtype Output: BitwiseCopyable, Sendable

  /// - Precondition: the pointers point to `count` elements, at least one.
  @unsafe
  func apply(_ row: UnsafePointer<Input>, _ output: UnsafeMutablePointer<Output>, count: Int)
}

/// The rows of a tensor along its last axis; a scalar is one row of one element.
struct Rows: Sendable {
  let count: Int
  let length: Int

  /// - Throws: `invalidShape` where the output has another shape than the input.
  init(_ context: NodeContext) throws(KernelError) {
    try context.requireCounts(inputs: 1...1)
    try context.requireDense(input: 0)
    let shape = try context.inputShape(0)
    try context.requireOutput(shape: shape.dimensions)
    length = shape.dimensions.last ?? 1
    count = length == 0 ? 0 : shape.elementCount / length
  }

  /// A kernel that applies a function to every row.
  func kernel<Function: RowFunction>(_ function: Function) -> any Kernel {
    Rowwise(function: function, rows: self).specialized()
  }
}

private struct Rowwise<Function: RowFunction>: Kernel {
  let function: Function
  let rows: Rows

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let (count, length) = (rows.count, rows.length)
    let input = try arguments.input(0, Function.Input.self, count: count * length)
    let output = try arguments.output(Function.Output.self, count: count * length)
    for row in 0..<count {
      unsafe function.apply(input.pointer + row * length, output.pointer + row * length, count: length)
    }
  }
}
