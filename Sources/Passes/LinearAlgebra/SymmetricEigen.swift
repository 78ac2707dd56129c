/// Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan 2013, 8.5).
package struct SymmetricEigen: Sendable {
  /// Descending.
  package let values: [Double]
  /// Row k is the unit eigenvector of value k; its largest component is positive.
  package let vectors: Matrix

  /// Sweeps over all pairs after which the rest is rounding.
  private static let sweepLimit = 40

  package init(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    let count = matrix.rows
    var work = matrix
    var basis = Matrix(rows: count, columns: count)
    for index in 0..<count { basis[index, index] = 1 }
    let scale = matrix.elements.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<Self.sweepLimit {
      var rest = 0.0
      for row in 0..<count {
        for column in row + 1..<max(row + 1, count) {
          rest += work[row, column] * work[row, column]
          Self.rotate(&work, &basis, row, column)
        }
      }
      if rest <= 1e-30 * scale { break }
    }
    let order = (0..<count).sorted { (-work[$0, $0], $0) < (-work[$1, $1], $1) }
    values = order.map { work[$0, $0] }
    var vectors = basis.selecting(rows: order, columns: Array(0..<count))
    for row in 0..<count { Self.orient(&vectors, row) }
    self.vectors = vectors
  }

  /// Makes one off-diagonal pair zero; the rows of `basis` take part.
  private static func rotate(_ work: inout Matrix, _ basis: inout Matrix, _ first: Int, _ second: Int) {
    let off = work[first, second]
    guard off != 0 else { return }
    let theta = (work[second, second] - work[first, first]) / (2 * off)
    let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    let count = work.rows
    for index in 0..<count {
      let (left, right) = (work[index, first], work[index, second])
      work[index, first] = cosine * left - sine * right
      work[index, second] = sine * left + cosine * right
    }
    for index in 0..<count {
      let (upper, lower) = (work[first, index], work[second, index])
      work[first, index] = cosine * upper - sine * lower
      work[second, index] = sine * upper + cosine * lower
      let (one, other) = (basis[first, index], basis[second, index])
      basis[first, index] = cosine * one - sine * other
      basis[second, index] = sine * one + cosine * other
    }
    work[first, second] = 0
    work[second, first] = 0
  }

  private static func orient(_ vectors: inout Matrix, _ row: Int) {
    var largest = 0
    for column in 0..<vectors.columns where abs(vectors[row, column]) > abs(vectors[row, largest]) {
      largest = column
    }
    guard vectors.columns > 0, vectors[row, largest] < 0 else { return }
    for column in 0..<vectors.columns { vectors[row, column] = -vectors[row, column] }
  }
}
