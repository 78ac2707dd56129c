import GraphIR

/// A value as a sum of products, matrices times vectors, and a constant.
struct LinearForm {
  /// The elements of the value, and rows of every matrix.
  let rows: Int
  /// By the value that a matrix multiplies: its rows one behind another.
  private(set) var terms: [ValueID: [Float]] = [:]
  private(set) var constant: [Float]

  init(constant: [Float]) {
    rows = constant.count
    self.constant = constant
  }

  /// A product with values that stand one behind another.
  ///
  /// - Parameters:
  ///   - matrix: rows of a number for each element of all values.
  ///   - values: nil for zeros.
  init(matrix: [Float], rows: Int, times values: [(source: ValueID?, width: Int)], constant: [Float]) {
    self.rows = rows
    self.constant = constant
    let total = values.reduce(0) { $0 + $1.width }
    var start = 0
    for (source, width) in values {
      defer { start += width }
      guard let source else { continue }
      let part = (0..<rows).flatMap { matrix[$0 * total + start..<$0 * total + start + width] }
      add(part, source)
    }
  }

  private mutating func add(_ matrix: [Float], _ source: ValueID) {
    if let known = terms[source], known.count == matrix.count {
      terms[source] = zip(known, matrix).map { $0 + $1 }
    } else {
      terms[source] = matrix
    }
  }

  /// The sum of two forms; nil where they have other rows.
  func adding(_ other: LinearForm) -> LinearForm? {
    guard rows == other.rows else { return nil }
    var sum = self
    sum.constant = zip(constant, other.constant).map { $0 + $1 }
    for (source, matrix) in other.terms { sum.add(matrix, source) }
    return sum
  }

  /// Some of the rows.
  func rows(_ range: Range<Int>) -> LinearForm {
    var part = LinearForm(constant: Array(constant[range]))
    for (source, matrix) in terms {
      let width = matrix.count / max(rows, 1)
      part.terms[source] = Array(matrix[range.lowerBound * width..<range.upperBound * width])
    }
    return part
  }
}
