import CKernels

/// The factor L of a symmetric positive definite matrix L·Lᵀ (Cholesky; Golub & Van Loan 2013, 4.2).
package struct Cholesky: Sendable {
  /// L and Lᵀ, so that every loop runs along a row; numbers on the other side of the diagonal mean nothing.
  package let lower: Matrix
  private let upper: Matrix

  package var count: Int { upper.rows }

  /// Rows that are finished before those behind them are updated, so that they stay in the cache.
  private static let blockSize = 32
  /// Columns that are solved at a time, for the same reason.
  private static let stripWidth = 64

  /// - Returns: nil where the matrix is not positive definite in double precision, or not finite.
  package init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    var upper = matrix
    guard Self.factor(&upper) else { return nil }
    self.upper = upper
    lower = upper.transposed
  }

  /// - Returns: whether all pivots are positive.
  private static func factor(_ matrix: inout Matrix) -> Bool {
    let count = matrix.rows
    return unsafe matrix.elements.withUnsafeMutableBufferPointer { storage in
      guard let base = storage.baseAddress else { return true }
      /// Takes rows `first..<last` out of a row behind them, from a column on.
      func reduce(_ row: Int, by first: Int, _ last: Int, from column: Int) {
        let source = unsafe base + first * count
        unsafe nn_doubles_combine(
          base + row * count + column, -1, source + row, count, source + column, count, last - first,
          count - column)
      }
      for start in stride(from: 0, to: count, by: blockSize) {
        let end = min(start + blockSize, count)
        for pivot in start..<end {
          reduce(pivot, by: start, pivot, from: pivot)
          let diagonal = unsafe base[pivot * count + pivot]
          guard diagonal > 0, diagonal.isFinite else { return false }
          let root = diagonal.squareRoot()
          for column in pivot..<count { unsafe base[pivot * count + column] /= root }
        }
        for row in end..<max(end, count) { reduce(row, by: start, end, from: row) }
      }
      return true
    }
  }

  /// X with A·X = B.
  ///
  /// - Parameter right: B, as many rows as A.
  package func solve(_ right: Matrix) -> Matrix {
    precondition(right.rows == count, "\(right.rows) rows for \(count) unknowns")
    guard right.columns > Self.stripWidth else {
      var result = right
      solve(&result, from: 0)
      return result
    }
    var result = Matrix(rows: count, columns: right.columns)
    for start in stride(from: 0, to: right.columns, by: Self.stripWidth) {
      let columns = start..<min(start + Self.stripWidth, right.columns)
      var strip = right.selecting(rows: Array(0..<count), columns: Array(columns))
      solve(&strip, from: 0)
      for row in 0..<count {
        for column in columns { result[row, column] = strip[row, column - start] }
      }
    }
    return result
  }

  /// A⁻¹, exactly symmetric.
  package var inverse: Matrix {
    var result = Matrix(rows: count, columns: count)
    for start in stride(from: 0, to: count, by: Self.stripWidth) {
      let width = min(Self.stripWidth, count - start)
      var strip = Matrix(rows: count, columns: width)
      for column in 0..<width { strip[start + column, column] = 1 }
      solve(&strip, from: start)
      for column in 0..<width {
        for row in start + column..<count {
          result[row, start + column] = strip[row, column]
          result[start + column, row] = strip[row, column]
        }
      }
    }
    return result
  }

  /// Solves for the unknowns from `first` on, where the right side is zero above.
  private func solve(_ matrix: inout Matrix, from first: Int) {
    let width = matrix.columns
    unsafe matrix.elements.withUnsafeMutableBufferPointer { storage in
      guard let base = storage.baseAddress else { return }
      func finish(_ row: Int, _ factors: Matrix, _ known: Range<Int>) {
        let start = unsafe base + row * width
        unsafe factors.elements.withUnsafeBufferPointer { factors in
          guard let numbers = factors.baseAddress else { return }
          unsafe nn_doubles_combine(
            start, -1, numbers + row * count + known.lowerBound, 1, base + known.lowerBound * width, width,
            known.count, width)
          let pivot = unsafe numbers[row * count + row]
          for column in 0..<width { unsafe start[column] /= pivot }
        }
      }
      for row in first..<count { finish(row, lower, first..<row) }
      for row in (first..<count).reversed() { finish(row, upper, row + 1..<count) }
    }
  }
}
