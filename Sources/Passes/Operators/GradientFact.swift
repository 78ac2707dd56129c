import GraphIR
import Tensors

/// Which derivatives an operator has.
enum GradientFact: Sendable {
  /// - Returns: nil for a node that the rule does not take.
  typealias Make = @Sendable (GradientOperands) -> (any GradientRule)?

  case rule(Make)
  /// Where it is the last operator, its operand stands for the answers; elsewhere the rule holds, if there
  /// is one.
  case answer(form: @Sendable (Node, Graph) -> AnswerForm, elsewhere: Make?)
  /// - Parameter because: ends "it has no derivative in nnopt:".
  case none(because: String)

  static let unwritten = none(because: "no rule is written for it")
  static let discrete = none(because: "it gives steps, flags or places")
  static let integers = none(because: "it belongs to models that are not float32")
}

/// A node, for its gradient rule.
struct GradientOperands {
  let id: NodeID
  let node: Node
  let output: ValueID
  /// What the fused activation lets through.
  let range: ClosedRange<Float>
  let graph: Graph
}
