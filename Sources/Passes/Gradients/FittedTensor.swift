import CKernels
import GraphIR

/// The weights or the bias of a layer while they are fitted, with the moments of Adam (Kingma & Ba 2015).
struct FittedTensor: Sendable {
  let id: ValueID
  private(set) var numbers: [Float]
  private let rate: Float
  private var means: [Float]
  private var squares: [Float]

  private static let meanDecay: Float = 0.9
  private static let squareDecay: Float = 0.999

  /// Weights and biases of all layers of a graph.
  ///
  /// - Parameter rate: the first step's size, as a part of the root mean square of a layer's weights.
  static func all(of graph: Graph, rate: Float) -> [FittedTensor] {
    let layers = graph.nodes.indices.compactMap { LinearLayer(NodeID($0), in: graph) }
    return layers.flatMap { layer -> [FittedTensor] in
      let weights = graph[layer.weights].data.elements(Float.self)
      let square = weights.reduce(0) { $0 + Double($1) * Double($1) } / Double(max(weights.count, 1))
      let size = max(Float(square.squareRoot()), 1e-4)
      return [layer.weights, layer.bias].compactMap(\.self).map { id in
        let numbers = graph[id].data.elements(Float.self)
        let zeros = [Float](repeating: 0, count: numbers.count)
        return FittedTensor(id: id, numbers: numbers, rate: rate * size, means: zeros, squares: zeros)
      }
    }
  }

  /// Takes a step.
  ///
  /// - Parameters:
  ///   - slopes: the mean derivatives.
  ///   - number: of the step, from 1.
  ///   - part: what the step's size is multiplied by.
  mutating func step(_ slopes: [Float], number: Int, part: Float) {
    precondition(slopes.count == numbers.count, "a slope for every number")
    let settings = NNAdam(
      meanDecay: Self.meanDecay, squareDecay: Self.squareDecay,
      rate: rate * part / (1 - Self.power(Self.meanDecay, number)),
      squareScale: 1 / (1 - Self.power(Self.squareDecay, number)))
    unsafe nn_adam(settings, slopes, &means, &squares, &numbers, numbers.count)
  }

  /// The same on every machine, as it only multiplies.
  private static func power(_ base: Float, _ exponent: Int) -> Float {
    var (result, square, rest) = (Float(1), base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
