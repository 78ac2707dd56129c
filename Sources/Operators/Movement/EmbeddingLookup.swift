package import GraphIR
import Tensors

/// The rows of a table, operand 1, at the int32 indices in operand 0.
///
/// An int8 table may give float32 rows: scale · stored, one scale for the table or one for each row, as in
/// the hybrid form of TFLM and LiteRT, which reads the bytes of uint8 as int8.
package enum EmbeddingLookup: Operator {
  package static let builtin = BuiltinOperator.embeddingLookup

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    let indices = try IndexOperand(context, input: 0, types: [.int32])
    let table = try context.inputShape(1)
    guard indices.shape.rank == 1, table.rank >= 1 else {
      throw .invalidShape("input 0 is \(indices.shape), input 1 \(table), not a list and a table of rows")
    }
    try context.requireOutput(shape: indices.shape.dimensions + table.dimensions.dropFirst())
    let source = try context.input(1).elementType
    if try context.output().elementType == .float32, source != .float32 {
      guard source == .int8 || source == .uint8 else {
        throw .unsupportedType("input 1 is \(source); for float32 rows the operator takes int8, uint8")
      }
      return try scaled(context, indices, table)
    }
    try context.requireSameType(input: 1)
    let byteCount = try table.elementCount(1..<table.rank)
      .saturatingMultiply(context.movableByteCount(input: 1))
    return RowLookup(indices: indices, rows: table[0], byteCount: byteCount)
  }

  private static func scaled(
    _ context: NodeContext, _ indices: IndexOperand, _ table: Shape
  ) throws(KernelError) -> any Kernel {
    try context.requireDense(input: 1)
    let quantization = try context.input(1).quantization
    let scales = quantization?.scales ?? []
    guard scales.count == 1 || scales.count == table[0],
      (quantization?.zeroPoints ?? []).allSatisfy({ $0 == 0 })
    else {
      throw .unsupported("input 1 has not one scale for \(table[0]) rows or for each, or a zero point")
    }
    let count = table.elementCount(1..<table.rank)
    return ScaledRowLookup(indices: indices, rows: table[0], count: count, scales: scales)
  }
}

private struct RowLookup: Kernel {
  let indices: IndexOperand
  let rows: Int
  /// Bytes of a row.
  let byteCount: Int

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let source = arguments.input(1, UInt8.self)
    let target = arguments.output(0, UInt8.self)
    guard target.count > 0 else { return }
    try indices.withIndices(arguments) { index throws(KernelError) in
      for place in 0..<indices.shape.elementCount {
        let start = try index(place, rows) * byteCount
        target.copy(from: source, start..<start + byteCount, to: place * byteCount)
      }
    }
  }
}

private struct ScaledRowLookup: Kernel {
  let indices: IndexOperand
  let rows: Int
  /// Elements of a row.
  let count: Int
  /// One, or one for each row.
  let scales: [Float]

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let source = arguments.input(1, Int8.self)
    let target = arguments.output(0, Float.self)
    guard target.count > 0 else { return }
    try indices.withIndices(arguments) { index throws(KernelError) in
      for place in 0..<indices.shape.elementCount {
        let row = try index(place, rows)
        let scale = scales.count == 1 ? scales[0] : scales[row]
        for element in 0..<count {
          target[place * count + element] = scale * Float(source[row * count + element])
        }
      }
    }
  }
}
