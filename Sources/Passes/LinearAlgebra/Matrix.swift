/// A dense matrix of doubles, row after row.
package struct Matrix: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// `rows · columns` numbers; row r starts at r · columns.
  package var elements: [Double]

  /// - Precondition: as many elements as rows times columns.
  package init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns, "\(elements.count) elements for \(rows)×\(columns)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix of zeros.
  package init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
  }

  package subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result.elements[column * rows + row] = elements[row * columns + column] }
    }
    return result
  }

  /// The rows and columns with the given indices, in their order.
  package func selecting(rows rowIndices: [Int], columns columnIndices: [Int]) -> Matrix {
    var result: [Double] = []
    result.reserveCapacity(rowIndices.count * columnIndices.count)
    for row in rowIndices {
      for column in columnIndices { result.append(elements[row * columns + column]) }
    }
    return Matrix(rows: rowIndices.count, columns: columnIndices.count, elements: result)
  }

  /// The matrix product; sums run in the order of the inner index.
  ///
  /// - Precondition: the inner dimensions agree.
  package static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.columns == right.rows, "\(left.columns) columns times \(right.rows) rows")
    var result = Matrix(rows: left.rows, columns: right.columns)
    for row in 0..<left.rows {
      VectorLoops.addCombination(
        left.elements, row * left.columns, step: 1, of: left.columns, rowsOf: right, from: 0,
        to: &result.elements, row * right.columns, count: right.columns)
    }
    return result
  }

  package static func - (left: Matrix, right: Matrix) -> Matrix {
    precondition(left.rows == right.rows && left.columns == right.columns, "shapes differ")
    return Matrix(
      rows: left.rows, columns: left.columns, elements: zip(left.elements, right.elements).map { $0 - $1 })
  }
}
