import GraphIR
import Operators

extension FactorSearch {
  /// The smaller side of the rearranged weights up to which a column and a row of taps are tried.
  private static let separableLimit = 400

  private var taps: Int { layer.rows.taps * layer.columns.taps }

  /// A DEPTHWISE_CONV_2D whose filters are the main directions of each input channel's weights, then a
  /// 1×1 CONV_2D fitted by least squares to the layer's outputs (Howard et al. 2017 for the form).
  func depthwise(multiplier: Int) -> LayerFactors? {
    guard taps > 1, multiplier < taps, multiplier <= layer.outputChannels, layer.inputChannels > 0 else {
      return nil
    }
    let (depth, outputs) = (layer.inputChannels, layer.outputChannels)
    let width = depth * multiplier
    var first = [Double](repeating: 0, count: taps * width)
    var map = Matrix(rows: layer.rowLength, columns: width)
    for channel in 0..<depth {
      let rows = (0..<taps).map { $0 * depth + channel }
      let part = weights.selecting(rows: rows, columns: Array(0..<outputs))
      let eigen = SymmetricEigen(part * part.transposed)
      for index in 0..<multiplier {
        for tap in 0..<taps {
          let column = channel * multiplier + index
          first[tap * width + column] = eigen.vectors[index, tap]
          map[rows[tap], column] = eigen.vectors[index, tap]
        }
      }
    }
    guard let second = bestSecond(after: map) else { return nil }
    return factors(
      .depthwise(multiplier: multiplier), first: first, second: second.transposed.elements,
      product: map * second, multiplyAccumulates: layer.positionCount * width * (taps + outputs))
  }

  /// A column of taps to fewer channels, then a row of taps (Jaderberg et al. 2014), by the singular value
  /// decomposition of the weights.
  func separable(rank: Int) -> LayerFactors? {
    let (height, width) = (layer.rows.taps, layer.columns.taps)
    let (depth, outputs) = (layer.inputChannels, layer.outputChannels)
    guard height > 1, width > 1, rank < min(height * depth, width * outputs),
      min(height * depth, width * outputs) <= Self.separableLimit
    else { return nil }
    var matrix = Matrix(rows: height * depth, columns: width * outputs)
    forEachWeight { row, column, channel, output in
      matrix[row * depth + channel, column * outputs + output] =
        weights[(row * width + column) * depth + channel, output]
    }
    let isTall = matrix.rows > matrix.columns
    let square = isTall ? matrix.transposed * matrix : matrix * matrix.transposed
    let vectors = SymmetricEigen(square).vectors
    let chosen = vectors.selecting(rows: Array(0..<rank), columns: Array(0..<vectors.columns))
    let down = isTall ? (matrix * chosen.transposed).transposed : chosen
    let up = isTall ? chosen : chosen * matrix
    let low = down.transposed * up
    var product = weights
    forEachWeight { row, column, channel, output in
      product[(row * width + column) * depth + channel, output] =
        low[row * depth + channel, column * outputs + output]
    }
    var second = [Double](repeating: 0, count: outputs * width * rank)
    for output in 0..<outputs {
      for column in 0..<width {
        for index in 0..<rank {
          second[(output * width + column) * rank + index] = up[index, column * outputs + output]
        }
      }
    }
    let middle = layer.rows.output * layer.columns.input * rank * height * depth
    return factors(
      .separable(rank: rank), first: down.elements, second: second, product: product,
      multiplyAccumulates: middle + layer.positionCount * width * rank * outputs)
  }

  private func forEachWeight(_ body: (_ row: Int, _ column: Int, _ channel: Int, _ output: Int) -> Void) {
    for row in 0..<layer.rows.taps {
      for column in 0..<layer.columns.taps {
        for channel in 0..<layer.inputChannels {
          for output in 0..<layer.outputChannels { body(row, column, channel, output) }
        }
      }
    }
  }

  /// The cheapest factors of all forms whose damage stays within a limit; by parameters where the layer
  /// is to shrink in bytes.
  func best(limit: Double, isByBytes: Bool) -> LayerFactors? {
    var candidates = [narrow(limit: limit)]
    if case .convolution = layer.kind, layer.rows.dilation == 1, layer.columns.dilation == 1, taps > 1 {
      for multiplier in 1..<min(taps, 5) { candidates.append(depthwise(multiplier: multiplier)) }
      var (low, high) = (
        1, min(layer.rows.taps * layer.inputChannels, layer.columns.taps * layer.outputChannels)
      )
      while low < high {
        let middle = (low + high) / 2
        if let factors = separable(rank: middle), damage(of: factors.product) <= limit {
          candidates.append(factors)
          high = middle
        } else {
          low = middle + 1
        }
      }
    }
    func cost(_ factors: LayerFactors) -> Int {
      isByBytes ? factors.parameterCount : factors.multiplyAccumulates
    }
    let own =
      isByBytes
      ? layer.rowLength * layer.outputChannels
      : layer.positionCount * layer.rowLength * layer.outputChannels
    let fitting = candidates.compactMap(\.self).filter { cost($0) < own && damage(of: $0.product) <= limit }
    return fitting.enumerated().min { (cost($0.element), $0.offset) < (cost($1.element), $1.offset) }?.element
  }
}
