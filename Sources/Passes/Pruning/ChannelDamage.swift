import GraphIR

/// What a layer's outputs lose when its inputs go, by the second moments of its inputs.
///
/// Without refit the loss of rows J is Σ w·E[xxᵀ]·wᵀ over them. With a refit of the remaining weights and
/// the bias it is the smallest possible, w·((C⁻¹)_JJ)⁻¹·wᵀ, C the covariance: the optimal brain surgeon of
/// Hassibi & Stork (1993) for a layer's output, a block of inputs at a time. Outputs count by how much
/// the model's answers change with them.
struct ChannelDamage: Sendable {
  /// Inputs that are still there, in the order of `inverse`.
  private var rows: [Int]
  /// C⁻¹ of the remaining inputs; the plain second moments without refit.
  private var moments: Matrix
  /// Weights times the square root of their output's importance, rows by `rows`.
  private var weights: Matrix
  private let isRefitted: Bool

  /// Added to the covariance's diagonal, as a part of its mean.
  private static let damping = 1e-5

  /// - Parameters:
  ///   - equations: moments of the layer's inputs.
  ///   - layer: its weights, (I+1)×O.
  ///   - importance: by output.
  init(_ equations: NormalEquations, layer: Matrix, importance: [Double], isRefitted: Bool) {
    let count = equations.inputCount
    rows = Array(0..<count)
    self.isRefitted = isRefitted
    var weights = Matrix(rows: count, columns: layer.columns)
    for row in 0..<count {
      for output in 0..<layer.columns {
        weights[row, output] = layer[row, output] * importance[output].squareRoot()
      }
    }
    self.weights = weights
    if isRefitted {
      var covariance = equations.covariance
      let trace = (0..<count).reduce(0) { $0 + covariance[$1, $1] }
      let floor = max(Self.damping * trace / Double(max(count, 1)), .leastNormalMagnitude)
      for index in 0..<count { covariance[index, index] += floor }
      moments = Cholesky(covariance)?.inverse ?? Matrix(rows: count, columns: count)
    } else {
      let scale = 1 / Double(max(equations.rowCount, 1))
      let inputs = Array(0..<count)
      var gram = equations.gram.selecting(rows: inputs, columns: inputs)
      for index in gram.elements.indices { gram.elements[index] *= scale }
      moments = gram
    }
  }

  /// What the layer loses with these inputs.
  func loss(without inputs: [Int]) -> Double {
    let places = places(of: inputs)
    let block = moments.selecting(rows: places, columns: places)
    let lost = weights.selecting(rows: places, columns: Array(0..<weights.columns))
    let product: Matrix
    if isRefitted {
      guard let factor = Cholesky(block) else { return 0 }
      product = factor.solve(lost)
    } else {
      product = block * lost
    }
    return max(0, zip(product.elements, lost.elements).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// Takes inputs out; with refit, the others take over what they can.
  mutating func remove(_ inputs: [Int]) {
    let gone = places(of: inputs)
    let lost = Set(gone)
    let left = rows.indices.filter { !lost.contains($0) }
    let outputs = Array(0..<weights.columns)
    var remaining = moments.selecting(rows: left, columns: left)
    var remainingWeights = weights.selecting(rows: left, columns: outputs)
    if isRefitted, let factor = Cholesky(moments.selecting(rows: gone, columns: gone)) {
      let bridge = moments.selecting(rows: left, columns: gone)
      remaining = remaining - bridge * factor.solve(bridge.transposed)
      remainingWeights =
        remainingWeights - bridge * factor.solve(weights.selecting(rows: gone, columns: outputs))
    }
    moments = remaining
    weights = remainingWeights
    rows = left.map { rows[$0] }
  }

  private func places(of inputs: [Int]) -> [Int] {
    let wanted = Set(inputs)
    return rows.indices.filter { wanted.contains(rows[$0]) }
  }
}
