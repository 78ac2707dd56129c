import GraphIR
import Tensors

/// The operands of a float UNIDIRECTIONAL_SEQUENCE_LSTM without peepholes, projection and normalization.
struct LSTMOperands {
  let node: Node
  let graph: Graph

  static let inputWeights = 1..<5
  static let stateWeights = 5..<9
  static let biases = 12..<16
  static let outputState = 18
  static let cellState = 19

  init(_ node: Node, in graph: Graph) {
    self.node = node
    self.graph = graph
  }

  /// Why no integer kernel takes the node; nil where one does.
  var refusal: String? {
    for position in Array(Self.inputWeights) + Array(Self.stateWeights) + Array(Self.biases)
    where node.floatConstant(position, in: graph) == nil {
      return "input \(position), weights or bias, is not a float constant"
    }
    for position in [9, 10, 11, 16, 17, 20, 21, 22, 23] where id(position) != nil {
      return "no integer kernel takes input \(position): peepholes, projection or normalization"
    }
    for position in [Self.outputState, Self.cellState]
    where id(position).map({ !graph[$0].isVariable }) ?? true {
      return "input \(position) is no state variable"
    }
    return node.attributes.integer("fused_activation_function") == 4 ? nil : "its activation is not TANH"
  }

  func id(_ position: Int) -> ValueID? { node.operand(position) }

  /// The elements of a constant operand.
  func elements(_ position: Int) -> [Float] { id(position).map { graph[$0].data.elements(Float.self) } ?? [] }

  /// Sizes; nil where the input is no sequence.
  var sizes: (isTimeMajor: Bool, batch: Int, steps: Int, inputs: Int, units: Int)? {
    guard let shape = id(0).flatMap({ graph[$0].shape }), shape.rank == 3,
      let units = id(Self.cellState).flatMap({ graph[$0].shape })?.dimensions.last
    else { return nil }
    let isTimeMajor = node.attributes.bool("time_major")
    return (isTimeMajor, shape[isTimeMajor ? 1 : 0], shape[isTimeMajor ? 0 : 1], shape[2], units)
  }
}
