import GraphIR
import Testing
import _TestSupport

@testable import Workflows

@Suite struct GivenOrderTests {
  /// Two branches of two operators each, and one that joins them.
  private func model() -> Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 4])
    let values = ["a", "b", "c", "d", "y"].map { builder.value($0, [1, 4]) }
    builder.node(.abs, [input], [values[0]])
    builder.node(.neg, [input], [values[1]])
    builder.node(.relu, [values[0]], [values[2]])
    builder.node(.relu, [values[1]], [values[3]])
    builder.node(.add, [values[2], values[3]], [values[4]])
    builder.outputs([values[4]])
    return Model(graphs: [builder.graph])
  }

  @Test func operatorsAreReordered() throws {
    let order = try GivenOrder(text: "1 3, 0\n2 # the first branch\n\n4\n")
    #expect(order.operators == [1, 3, 0, 2, 4])
    let result = try order.applied(to: model())
    #expect(result.graphs[0].nodes.map(\.code.name) == ["NEG", "RELU", "ABS", "RELU", "ADD"])
  }

  @Test(arguments: [
    ("0 1 x", "line 1: 'x' is no number of an operator"),
    ("0\n-1", "line 2: '-1' is no number of an operator"),
    ("0 1 2 3 5", "there is no operator 5: the model has 5, from 0"),
    ("0 1 2 3", "operator 4 (ADD) is missing"), ("0 1 1 2 3 4", "operator 1 (NEG) stands twice"),
    ("2 0 1 3 4", "operator 2 (RELU) stands before operator 0 (ABS), which it waits for"),
    ("", "operator 0 (ABS) is missing"),
  ])
  func wrongOrdersAreRefused(text: String, problem: String) throws {
    #expect(throws: GivenOrder.Problem(description: problem)) {
      try GivenOrder(text: text).applied(to: model())
    }
  }
}
