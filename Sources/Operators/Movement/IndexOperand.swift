import Tensors

/// An operand of int16, int32 or int64 indices that a kernel reads while it runs.
struct IndexOperand: Sendable {
  private let position: Int
  private let elementType: ElementType
  let shape: Shape

  /// - Throws: `unsupportedType` for another element type.
  init(
    _ context: NodeContext, input position: Int, types: [ElementType] = [.int16, .int32, .int64]
  ) throws(KernelError) {
    let type = try context.input(position).elementType
    guard types.contains(type) else {
      let names = types.map(\.description).joined(separator: " or ")
      throw .unsupportedType("input \(position) is \(type), not \(names)")
    }
    try context.requireDense(input: position)
    self.position = position
    elementType = type
    shape = try context.inputShape(position)
  }

  /// Calls back with a function that gives the index at a place.
  ///
  /// The function throws `invalidData` where the index is not in a range from 0 to below a limit.
  func withIndices(
    _ arguments: KernelArguments,
    _ body: (_ index: (Int, _ limit: Int) throws(KernelError) -> Int) throws(KernelError) -> Void
  ) throws(KernelError) {
    switch elementType {
    case .int16: try read(arguments.input(position, Int16.self), body)
    case .int64: try read(arguments.input(position, Int64.self), body)
    default: try read(arguments.input(position, Int32.self), body)
    }
  }

  private func read<Element: FixedWidthInteger & BitwiseCopyable>(
    _ elements: TensorBuffer<Element>,
    _ body: ((Int, Int) throws(KernelError) -> Int) throws(KernelError) -> Void
  ) throws(KernelError) {
    try body { place, limit throws(KernelError) in
      let index = Int(elements[place])
      guard index >= 0, index < limit else {
        throw .invalidData("index \(index) lies outside 0..<\(limit)")
      }
      return index
    }
  }
}
