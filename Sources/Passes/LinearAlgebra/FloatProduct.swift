import Operators

/// A matrix of floats in a buffer: a start, and steps from row to row and from column to column.
struct FloatMatrix {
  let buffer: TensorBuffer<Float>
  let rows: Int
  let columns: Int
  let rowStep: Int
  let columnStep: Int

  /// - Precondition: the buffer holds every element.
  init(_ buffer: TensorBuffer<Float>, rows: Int, columns: Int, isTransposed: Bool = false) {
    precondition(rows >= 0 && columns >= 0 && buffer.count >= rows * columns, "a buffer that is too short")
    self.buffer = buffer
    self.rows = rows
    self.columns = columns
    rowStep = isTransposed ? 1 : columns
    columnStep = isTransposed ? rows : 1
  }
}

extension FloatMatrix {
  /// self += left · right, four rows and eight columns at a time; every sum runs in the order of the inner
  /// index.
  ///
  /// - Precondition: the shapes fit; `right` and self are not transposed.
  func addProduct(_ left: FloatMatrix, _ right: FloatMatrix) {
    precondition(
      left.rows == rows && left.columns == right.rows && right.columns == columns, "shapes do not fit")
    precondition(right.columnStep == 1 && columnStep == 1, "rows must be contiguous")
    var row = 0
    while row + 4 <= rows {
      addRows(left, right, row)
      row += 4
    }
    for rest in row..<rows {
      for inner in 0..<right.rows {
        VectorLoops.addScaled(
          left.buffer[rest * left.rowStep + inner * left.columnStep], right.buffer, inner * columns,
          to: buffer, rest * columns, count: columns)
      }
    }
  }

  private func addRows(_ left: FloatMatrix, _ right: FloatMatrix, _ row: Int) {
    let a0 = unsafe left.buffer.pointer + row * left.rowStep
    let a1 = unsafe a0 + left.rowStep
    let a2 = unsafe a1 + left.rowStep
    let a3 = unsafe a2 + left.rowStep
    let target = unsafe UnsafeMutableRawPointer(buffer.pointer + row * columns)
    let line = columns * MemoryLayout<Float>.stride
    let source = unsafe UnsafeRawPointer(right.buffer.pointer)
    var column = 0
    while column + 8 <= columns {
      var (s0, s1, s2, s3) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
      var from = unsafe source + column * MemoryLayout<Float>.stride
      var place = 0
      for _ in 0..<right.rows {
        let b = unsafe from.loadUnaligned(as: SIMD8<Float>.self)
        unsafe s0 += a0[place] * b
        unsafe s1 += a1[place] * b
        unsafe s2 += a2[place] * b
        unsafe s3 += a3[place] * b
        unsafe from += line
        place += left.columnStep
      }
      let to = unsafe target + column * MemoryLayout<Float>.stride
      for (index, sum) in [s0, s1, s2, s3].enumerated() {
        let old = unsafe (to + index * line).loadUnaligned(as: SIMD8<Float>.self)
        unsafe (to + index * line).storeBytes(of: old + sum, as: SIMD8<Float>.self)
      }
      column += 8
    }
    for rest in column..<columns { addColumn(left, right, row, rest) }
  }

  private func addColumn(_ left: FloatMatrix, _ right: FloatMatrix, _ row: Int, _ column: Int) {
    var sums = SIMD4<Float>()
    let a = unsafe left.buffer.pointer + row * left.rowStep
    let b = unsafe right.buffer.pointer + column
    for inner in 0..<right.rows {
      let step = inner * left.columnStep
      let four = unsafe SIMD4(
        a[step], a[step + left.rowStep], a[step + 2 * left.rowStep], a[step + 3 * left.rowStep])
      unsafe sums += b[inner * columns] * four
    }
    for index in 0..<4 { buffer[(row + index) * columns + column] += sums[index] }
  }
}
