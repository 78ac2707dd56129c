package import GraphIR
import Tensors

/// A constant in TensorFlow Lite's sparse form (traversal order, blocks, segments and indices by level) as
/// a dense tensor, zeros in between.
package enum Densify: Operator {
  package static let builtin = BuiltinOperator.densify

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    try context.requireSameType()
    let value = try context.input(0)
    guard let width = value.elementType.bitWidth.map({ $0 / 8 }), [1, 2, 4, 8].contains(width) else {
      throw .unsupportedType("input 0 is \(value.elementType); DENSIFY takes elements of 1, 2, 4 or 8 bytes")
    }
    guard value.isConstant, let record = value.attachments.sparsity else {
      throw .unsupported("input 0 is not a sparse constant")
    }
    let shape = try context.inputShape(0)
    try context.requireOutput(shape: shape.dimensions)
    var layout = try SparseLayout(record, shape: shape, storedCount: value.data.byteCount / width)
    let places = try layout.places()
    return PlacedElements(places: places, width: width)
  }
}

private struct PlacedElements: Kernel {
  /// Where each stored element belongs.
  let places: [Int]
  /// Bytes of an element.
  let width: Int

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, UInt8.self)
    let target = arguments.output(0, UInt8.self)
    target.fill(0)
    for (index, place) in places.enumerated() {
      target.copy(from: source, index * width..<(index + 1) * width, to: place * width)
    }
  }
}
