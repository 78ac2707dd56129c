import GraphIR
import Tensors

/// A CONV_2D or FULLY_CONNECTED as two thinner layers.
struct LayerFactors: Sendable {
  enum Form: Sendable, Equatable {
    /// The layer itself to fewer outputs, then a 1×1 CONV_2D or a FULLY_CONNECTED.
    case narrow(rank: Int)
    /// A column of taps to fewer channels, then a row of taps.
    case separable(rank: Int)
    /// DEPTHWISE_CONV_2D, then a 1×1 CONV_2D.
    case depthwise(multiplier: Int)
  }

  let form: Form
  /// Numbers in the order of the new layers' files.
  let first: [Float]
  let second: [Float]
  /// The bias of the second layer; the first has none.
  let bias: [Float]
  /// What the two compute together, I×O as the layer's weights.
  let product: Matrix
  let multiplyAccumulates: Int

  var parameterCount: Int { first.count + second.count }
}

extension LayerFactors.Form: CustomStringConvertible {
  var description: String {
    switch self {
    case .narrow(let rank): "two layers through \(rank) channels"
    case .separable(let rank): "a column and a row of taps through \(rank) channels"
    case .depthwise(let multiplier): "a depthwise layer of multiplier \(multiplier) and a 1×1 layer"
    }
  }
}

/// Makes factors of one layer from the moments of its inputs.
struct FactorSearch {
  let layer: LinearLayer
  /// I×O, without the bias.
  let weights: Matrix
  private let bias: [Double]
  private let means: [Double]
  private let covariance: Matrix
  private let roots: [Double]

  /// - Parameter importance: what the square of an error counts, by output.
  init(_ layer: LinearLayer, in graph: Graph, _ moments: NormalEquations, importance: [Double]) {
    self.layer = layer
    let all = layer.matrix(in: graph)
    let (inputs, outputs) = (Array(0..<layer.rowLength), Array(0..<layer.outputChannels))
    weights = all.selecting(rows: inputs, columns: outputs)
    bias = outputs.map { all[layer.rowLength, $0] }
    let gram = moments.gram
    means = inputs.map { gram[$0, layer.rowLength] / Double(max(moments.rowCount, 1)) }
    covariance = moments.covariance
    let largest = max(importance.max() ?? 0, .leastNormalMagnitude)
    roots = importance.map { max($0, 1e-6 * largest).squareRoot() }
  }

  /// What the answers lose, once the bias has its best value.
  func damage(of product: Matrix) -> Double {
    var difference = weights - product
    for row in 0..<difference.rows {
      for column in 0..<difference.columns { difference[row, column] *= roots[column] }
    }
    let loss = covariance * difference
    return max(0, zip(loss.elements, difference.elements).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// The best layers through fewer channels (reduced-rank regression; Izenman 1975): outputs projected on
  /// the directions in which they vary most.
  ///
  /// - Returns: the factors with the fewest channels whose damage stays within a limit.
  func narrow(limit: Double) -> LayerFactors? {
    var scaled = weights
    for row in 0..<scaled.rows {
      for column in 0..<scaled.columns { scaled[row, column] *= roots[column] }
    }
    let eigen = SymmetricEigen(scaled.transposed * (covariance * scaled))
    var rank = eigen.values.count
    var tail = 0.0
    while rank > 1, tail + max(0, eigen.values[rank - 1]) <= limit {
      rank -= 1
      tail += max(0, eigen.values[rank])
    }
    let (length, width) = (layer.rowLength, layer.outputChannels)
    guard rank < min(length, width) else { return nil }
    let basis = eigen.vectors.selecting(rows: Array(0..<rank), columns: Array(0..<width))
    let down = scaled * basis.transposed
    var up = basis
    for row in 0..<rank {
      for column in 0..<width { up[row, column] /= roots[column] }
    }
    return factors(
      .narrow(rank: rank), first: down.transposed.elements, second: up.transposed.elements,
      product: down * up, multiplyAccumulates: layer.positionCount * rank * (length + width))
  }

  /// - Parameters:
  ///   - first: in the file's order, as all of these.
  func factors(
    _ form: LayerFactors.Form, first: [Double], second: [Double], product: Matrix, multiplyAccumulates: Int
  ) -> LayerFactors {
    let correction = Matrix(rows: 1, columns: means.count, elements: means) * (weights - product)
    return LayerFactors(
      form: form, first: first.map { Float($0) }, second: second.map { Float($0) },
      bias: zip(bias, correction.elements).map { Float($0 + $1) }, product: product,
      multiplyAccumulates: multiplyAccumulates)
  }

  /// Weights that make the most of given first-layer outputs: least squares from the moments.
  ///
  /// - Parameter map: I×C, what the first layer makes of a row of inputs.
  /// - Returns: C×O; nil where the system is singular.
  func bestSecond(after map: Matrix) -> Matrix? {
    let moved = covariance * map
    var system = map.transposed * moved
    let trace = (0..<system.rows).reduce(0) { $0 + system[$1, $1] }
    let floor = max(1e-8 * trace / Double(max(system.rows, 1)), .leastNormalMagnitude)
    for index in 0..<system.rows { system[index, index] += floor }
    return Cholesky(system)?.solve(moved.transposed * weights)
  }
}
