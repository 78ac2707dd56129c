package import GraphIR
import Tensors

/// Slices of operand 0 at the index tuples in operand 1 (…×k): the result is … followed by the axes
/// behind the first k.
package enum GatherND: Operator {
  package static let builtin = BuiltinOperator.gatherND

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let slices = try IndexedSlices(
      of: context.inputShape(0), indices: IndexOperand(context, input: 1), width: width)
    try context.requireOutput(shape: slices.gatheredDimensions)
    return GatheredSlices(slices: slices)
  }
}

private struct GatheredSlices: Kernel {
  let slices: IndexedSlices

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let source = arguments.input(0, UInt8.self)
    let target = arguments.output(0, UInt8.self)
    try slices.forEach(arguments) { slice, place in
      target.copy(from: source, slice..<slice + slices.byteCount, to: place)
    }
  }
}

/// Slices of a tensor that index tuples name, one after another.
struct IndexedSlices: Sendable {
  /// Bytes of a slice.
  let byteCount: Int
  /// The shape of all slices together.
  let gatheredDimensions: [Int]
  private let indices: IndexOperand
  private let tupleCount: Int
  private let limits: [Int]
  private let strides: [Int]

  /// - Throws: `invalidShape` where tuples are longer than the tensor has axes.
  init(of shape: Shape, indices: IndexOperand, width: Int) throws(KernelError) {
    guard let length = indices.shape.dimensions.last, length <= shape.rank else {
      throw .invalidShape("indices of shape \(indices.shape) do not name slices of \(shape)")
    }
    let outer = indices.shape.dimensions.dropLast()
    let inner = shape.dimensions.dropFirst(length)
    byteCount = shape.elementCount(length..<shape.rank).saturatingMultiply(width)
    gatheredDimensions = Array(outer + inner)
    tupleCount = outer.reduce(1) { $0.saturatingMultiply($1) }
    limits = Array(shape.dimensions.prefix(length))
    strides = shape.strides.prefix(length).map { $0 &* width }
    self.indices = indices
  }

  /// Calls back with where each slice starts in the tensor, and among the slices, in bytes.
  ///
  /// - Throws: `invalidData` where an index lies outside its axis.
  func forEach(
    _ arguments: KernelArguments, _ body: (_ slice: Int, _ place: Int) throws(KernelError) -> Void
  ) throws(KernelError) {
    guard byteCount > 0 else { return }
    try indices.withIndices(arguments) { index throws(KernelError) in
      for tuple in 0..<tupleCount {
        var start = 0
        for axis in limits.indices {
          start &+= try index(tuple * limits.count + axis, limits[axis]) &* strides[axis]
        }
        try body(start, tuple * byteCount)
      }
    }
  }
}
