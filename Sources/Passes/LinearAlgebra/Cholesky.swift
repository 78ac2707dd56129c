/// The factor L of a symmetric positive definite matrix L·Lᵀ (Cholesky; Golub & Van Loan 2013, 4.2).
package struct Cholesky: Sendable {
  /// Lᵀ, so that every loop runs along a row; numbers below the diagonal mean nothing.
  private var upper: Matrix

  package var count: Int { upper.rows }

  /// - Returns: nil where the matrix is not positive definite in double precision, or not finite.
  package init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    var upper = matrix
    let count = matrix.rows
    for pivot in 0..<count {
      let diagonal = upper[pivot, pivot]
      guard diagonal > 0, diagonal.isFinite else { return nil }
      let root = diagonal.squareRoot()
      for column in pivot..<count { upper[pivot, column] /= root }
      let row = Array(upper.elements[pivot * count..<(pivot + 1) * count])
      for other in pivot + 1..<max(pivot + 1, count) {
        VectorLoops.addScaled(
          -row[other], row, other, to: &upper.elements, other * count + other, count: count - other)
      }
    }
    self.upper = upper
  }

  /// X with A·X = B.
  ///
  /// - Parameter right: B, as many rows as A.
  package func solve(_ right: Matrix) -> Matrix {
    precondition(right.rows == count, "\(right.rows) rows for \(count) unknowns")
    var result = right
    let width = right.columns
    for row in 0..<count {
      scale(&result, row)
      let known = Array(result.elements[row * width..<(row + 1) * width])
      for later in row + 1..<max(row + 1, count) {
        VectorLoops.addScaled(-upper[row, later], known, 0, to: &result.elements, later * width, count: width)
      }
    }
    for row in (0..<count).reversed() {
      scale(&result, row)
      let known = Array(result.elements[row * width..<(row + 1) * width])
      for earlier in 0..<row {
        VectorLoops.addScaled(
          -upper[earlier, row], known, 0, to: &result.elements, earlier * width, count: width)
      }
    }
    return result
  }

  /// A⁻¹, exactly symmetric.
  package var inverse: Matrix {
    var unit = Matrix(rows: count, columns: count)
    for index in 0..<count { unit[index, index] = 1 }
    var result = solve(unit)
    for row in 0..<count {
      for column in 0..<row { result[row, column] = result[column, row] }
    }
    return result
  }

  private func scale(_ matrix: inout Matrix, _ row: Int) {
    let factor = upper[row, row]
    for column in 0..<matrix.columns { matrix.elements[row * matrix.columns + column] /= factor }
  }
}
