/// A linear least-squares problem as its normal equations: which weights and biases make Y of X best?
///
/// Rows of X (an input each, of `inputCount` numbers) and rows of Y (`outputCount` numbers) are added; only
/// their second moments are kept. The last index of every matrix stands for the bias, an
/// input that is always 1.
package struct NormalEquations: Sendable {
  package let inputCount: Int
  package let outputCount: Int
  /// Σ xᵀx over the rows, (I+1)×(I+1); the triangle below the diagonal is filled on reading.
  private var upperGram: Matrix
  /// Σ xᵀy, (I+1)×O.
  package private(set) var cross: Matrix
  /// Σ y² by output.
  package private(set) var energy: [Double]
  package private(set) var rowCount = 0

  package init(inputCount: Int, outputCount: Int) {
    self.inputCount = inputCount
    self.outputCount = outputCount
    upperGram = Matrix(rows: inputCount + 1, columns: inputCount + 1)
    cross = Matrix(rows: inputCount + 1, columns: outputCount)
    energy = [Double](repeating: 0, count: outputCount)
  }

  /// Adds rows; many at a time cost less than one by one.
  ///
  /// - Parameters:
  ///   - inputs: in each row `inputCount` numbers and, behind them, a 1.
  ///   - outputs: in each row `outputCount` numbers.
  /// - Precondition: as many rows of both.
  package mutating func add(_ inputs: Matrix, _ outputs: Matrix) {
    let size = inputCount + 1
    precondition(inputs.columns == size && outputs.columns == outputCount, "rows of another length")
    precondition(inputs.rows == outputs.rows, "\(inputs.rows) inputs for \(outputs.rows) outputs")
    for row in 0..<size {
      VectorLoops.addCombination(
        inputs.elements, row, step: size, of: inputs.rows, rowsOf: inputs, from: row,
        to: &upperGram.elements, row * size + row, count: size - row)
      VectorLoops.addCombination(
        inputs.elements, row, step: size, of: inputs.rows, rowsOf: outputs, from: 0,
        to: &cross.elements, row * outputCount, count: outputCount)
    }
    for row in 0..<outputs.rows {
      for index in 0..<outputCount { energy[index] += outputs[row, index] * outputs[row, index] }
    }
    rowCount += inputs.rows
  }

  /// Adds the rows of another problem of the same size.
  package mutating func add(_ other: NormalEquations) {
    VectorLoops.addScaled(
      1, other.upperGram.elements, 0, to: &upperGram.elements, 0, count: upperGram.elements.count)
    VectorLoops.addScaled(1, other.cross.elements, 0, to: &cross.elements, 0, count: cross.elements.count)
    for index in 0..<outputCount { energy[index] += other.energy[index] }
    rowCount += other.rowCount
  }

  /// Σ xᵀx, symmetric.
  package var gram: Matrix {
    var result = upperGram
    for row in 0..<result.rows {
      for column in 0..<row { result[row, column] = result[column, row] }
    }
    return result
  }

  /// The mean of each input; zeros without rows.
  package var means: [Double] {
    (0..<inputCount).map { upperGram[$0, inputCount] / Double(max(rowCount, 1)) }
  }

  /// The covariance of the inputs around their means, I×I: what is left once the bias has its best value.
  package var covariance: Matrix {
    let rows = Double(max(rowCount, 1))
    var result = Matrix(rows: inputCount, columns: inputCount)
    for row in 0..<inputCount {
      for column in row..<inputCount {
        let means = upperGram[row, inputCount] / rows * (upperGram[column, inputCount] / rows)
        result[row, column] = upperGram[row, column] / rows - means
        result[column, row] = result[row, column]
      }
    }
    return result
  }

  /// The weights that minimize the squared error plus a damping that holds them near given ones
  /// (Tikhonov): Σ‖x·W − y‖² + λ‖W − W₀‖², λ = damping · mean of the Gram matrix's diagonal.
  ///
  /// - Parameters:
  ///   - prior: W₀, (I+1)×O with the biases last; the result where the rows say nothing.
  ///   - damping: 0 or more.
  /// - Returns: (I+1)×O; nil where the system is singular.
  package func solve(near prior: Matrix, damping: Double) -> Matrix? {
    let size = inputCount + 1
    var system = gram
    let trace = (0..<size).reduce(0) { $0 + system[$1, $1] }
    let lambda = damping * trace / Double(size)
    let residual = cross - system * prior
    for index in 0..<size { system[index, index] += lambda }
    guard let factor = Cholesky(system) else { return nil }
    var result = factor.solve(residual)
    for index in result.elements.indices { result.elements[index] += prior.elements[index] }
    return result
  }

  /// The squared error of weights over all rows, by output.
  package func squaredErrors(of weights: Matrix) -> [Double] {
    let product = gram * weights
    return (0..<outputCount).map { output in
      var sum = energy[output]
      for row in 0...inputCount {
        sum += weights[row, output] * (product[row, output] - 2 * cross[row, output])
      }
      return max(sum, 0)
    }
  }
}
