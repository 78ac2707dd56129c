import GraphIR
import Tensors

/// What the numbers of an answer stand for.
enum AnswerForm: Sendable, Equatable {
  /// Numbers whose distance counts.
  case numbers
  /// What a final SOFTMAX reads: groups of so many numbers, multiplied by `beta`, of which the largest wins.
  case classes(count: Int, beta: Float)
  /// What a final LOGISTIC reads: whether something is so, by number.
  case chances

  /// - Parameter softmax: the node that makes an output.
  static func classes(of softmax: Node, in graph: Graph) -> AnswerForm {
    guard let count = graph.inputShape(0, of: softmax)?.dimensions.last, count > 0 else { return .numbers }
    return .classes(count: count, beta: Float(softmax.attributes.real("beta")))
  }
}
