import GraphIR
import Tensors

/// The operands of a float SVDF.
struct SVDFOperands {
  let node: Node
  let graph: Graph

  static let feature = 1
  static let time = 2
  static let bias = 3
  static let state = 4

  init(_ node: Node, in graph: Graph) {
    self.node = node
    self.graph = graph
  }

  /// Why no integer kernel takes the node; nil where one does.
  var refusal: String? {
    for position in [Self.feature, Self.time] where node.floatConstant(position, in: graph) == nil {
      return "input \(position), weights, is not a float constant"
    }
    if id(Self.bias) != nil, node.floatConstant(Self.bias, in: graph) == nil {
      return "its bias is not a float constant"
    }
    guard let state = id(Self.state), graph[state].isVariable else { return "its state is no variable" }
    guard timeLimit >= 127 else { return "its sums over \(productCount) products overflow" }
    let activation = node.attributes.integer("fused_activation_function")
    return [0, 1].contains(activation) ? nil : "no kernel applies its fused activation \(activation)"
  }

  func id(_ position: Int) -> ValueID? { node.operand(position) }

  /// Products that a sum of the kernel has: of states and weights of time.
  private var productCount: Int {
    let memory = id(Self.time).flatMap { graph[$0].shape?.dimensions.last } ?? 1
    return max(memory, 1).saturatingMultiply(max(node.attributes.integer("rank"), 1))
  }

  /// The largest stored weight of time with which no sum of products with int16 states leaves int32.
  var timeLimit: Int { min(32767, 30000 / max(productCount, 1)) }
}

/// The largest magnitude of SVDF states, which no value of the graph shows: inputs times feature weights.
struct SVDFStateExtents: ActivationAccumulator {
  private let weights: [[Float]]
  private let columns: [Int]
  private(set) var extents: [Float]

  /// - Parameter layers: nodes whose refusal is nil.
  init(_ layers: [SVDFOperands]) {
    weights = layers.map { layer in
      layer.id(SVDFOperands.feature).map { layer.graph[$0].data.elements(Float.self) } ?? []
    }
    columns = layers.map { layer in
      layer.id(SVDFOperands.feature).flatMap { layer.graph[$0].shape?.dimensions.last } ?? 1
    }
    extents = layers.map { _ in 0 }
  }

  /// - Parameter activations: the input of each SVDF.
  mutating func add(sample: Int, _ activations: [[Float]]) {
    for (index, input) in activations.enumerated() {
      let count = max(columns[index], 1)
      for row in 0..<input.count / count {
        for filter in 0..<weights[index].count / count {
          var sum: Float = 0
          for column in 0..<count {
            sum += input[row * count + column] * weights[index][filter * count + column]
          }
          extents[index] = max(extents[index], abs(sum))
        }
      }
    }
  }

  mutating func merge(_ next: SVDFStateExtents) {
    for index in extents.indices { extents[index] = max(extents[index], next.extents[index]) }
  }
}
