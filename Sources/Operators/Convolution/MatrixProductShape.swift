import Tensors

/// The index arithmetic of a batched matrix product.
struct MatrixProductShape: Sendable {
  let rows: Int
  let columns: Int
  let depth: Int
  private let batches: Broadcast
  let leftStrides: (row: Int, depth: Int)
  let rightStrides: (depth: Int, column: Int)

  /// - Throws: `invalidShape` where the shapes do not fit each other.
  init(_ context: NodeContext) throws(KernelError) {
    let left = try context.inputShape(0)
    let right = try context.inputShape(1)
    let output = try context.outputShape()
    guard left.rank >= 2, right.rank >= 2 else {
      throw .invalidShape("input 0 is \(left) and input 1 is \(right); both must be matrices")
    }
    let (first, second) = (left.dimensions.suffix(2), right.dimensions.suffix(2))
    let isLeftTransposed = context.attributes.bool("adj_x")
    let isRightTransposed = context.attributes.bool("adj_y")
    rows = isLeftTransposed ? first[first.endIndex - 1] : first[first.startIndex]
    depth = isLeftTransposed ? first[first.startIndex] : first[first.endIndex - 1]
    columns = isRightTransposed ? second[second.startIndex] : second[second.endIndex - 1]
    let rightDepth = isRightTransposed ? second[second.endIndex - 1] : second[second.startIndex]
    leftStrides = isLeftTransposed ? (1, rows) : (depth, 1)
    rightStrides = isRightTransposed ? (1, depth) : (columns, 1)
    guard let leftBatch = Shape([Int](left.dimensions.dropLast(2))),
      let rightBatch = Shape([Int](right.dimensions.dropLast(2)))
    else { throw .invalidShape("input 0 is \(left) and input 1 is \(right)") }
    batches = try Broadcast(leftBatch, rightBatch)
    let reason = "input 0 is \(left), input 1 is \(right), but output is \(output)"
    guard depth == rightDepth else { throw .invalidShape(reason) }
    let dimensions = batches.shape.dimensions + [rows, columns]
    guard output.dimensions == dimensions else { throw .wrongOutput(0, gives: dimensions, reason: reason) }
  }

  /// Calls back for every row of every matrix of the result, in order.
  @inline(__always)
  func forEachRow(_ body: (MatrixProductRow) -> Void) {
    guard rows > 0, columns > 0 else { return }
    let visit = { (batch: Int, left: Int, right: Int) in
      for row in 0..<rows {
        body(
          MatrixProductRow(
            output: (batch * rows + row) * columns, left: left * rows * depth + row * leftStrides.row,
            right: right * depth * columns))
      }
    }
    batches.forEach(visit)
  }

  /// Calls back for every pair of elements whose product adds to a column of a row of the result.
  @inline(__always)
  func forEachProduct(
    _ row: MatrixProductRow, _ column: Int, _ body: (_ left: Int, _ right: Int) -> Void
  ) {
    let right = row.right + column * rightStrides.column
    for index in 0..<depth { body(row.left + index * leftStrides.depth, right + index * rightStrides.depth) }
  }
}

/// Where a row of a matrix product starts: its result, its left operand's row, its right operand's matrix.
struct MatrixProductRow {
  let output: Int
  let left: Int
  let right: Int
}
