import GraphIR
import Testing
import _TestSupport

@testable import Runtimes

@Suite struct TensorLifetimesTests {
  private typealias Span = TensorLifetimes.Span

  @Test func aChainLivesFromItsProducerToItsLastConsumer() {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 4])
    let middle = builder.value("y", [1, 4])
    let output = builder.value("z", [1, 4])
    let unused = builder.value("unused", [1, 4])
    builder.node(.relu, [input], [middle])
    builder.node(.add, [middle, input], [output])
    builder.outputs([output])
    let lifetimes = TensorLifetimes(Model(graphs: [builder.graph]))
    let values = lifetimes.values[0]
    #expect(values[input.index] == Span(first: 0, last: 2))
    #expect(values[middle.index] == Span(first: 1, last: 2))
    #expect(values[output.index] == Span(first: 2, last: 2))
    #expect(values[unused.index] == Span(first: -1, last: -1))
    #expect(lifetimes.nodes[0] == [Span(first: 1, last: 1), Span(first: 2, last: 2)])
  }

  /// The call takes a step for itself, one for entering each graph, and the steps of their nodes.
  @Test func aCallKeepsItsOperandsUntilTheLastGraphIsDone() {
    var main = GraphBuilder()
    let input = main.input("x", [4])
    let output = main.value("y", [4])
    main.node(
      .`while`, [input], [output],
      options: Record(
        "WhileOptions",
        [
          .init(name: "cond_subgraph_index", value: .integer(1)),
          .init(name: "body_subgraph_index", value: .integer(2)),
        ]))
    main.outputs([output])
    let model = Model(graphs: [main.graph, Self.body, Self.body])
    let lifetimes = TensorLifetimes(model)
    #expect(lifetimes.values[0] == [Span(first: 0, last: 5), Span(first: 1, last: 5)])
    #expect(lifetimes.values[1] == [Span(first: 2, last: 3), Span(first: 3, last: 3)])
    #expect(lifetimes.values[2] == [Span(first: 4, last: 5), Span(first: 5, last: 5)])
    #expect(lifetimes.nodes[0] == [Span(first: 1, last: 5)])
  }

  @Test func callsThatNestDeeplyEnd() {
    let graphs = (0..<40).map { level in
      var builder = GraphBuilder()
      let input = builder.input("x", [4])
      let output = builder.value("y", [4])
      let next = Int64(min(level + 1, 39))
      builder.node(
        .`while`, [input], [output],
        options: Record(
          "WhileOptions",
          [
            .init(name: "cond_subgraph_index", value: .integer(next)),
            .init(name: "body_subgraph_index", value: .integer(next)),
          ]))
      return builder.graph
    }
    #expect(TensorLifetimes(Model(graphs: graphs)).values.count == 40)
  }

  private static var body: Graph {
    var builder = GraphBuilder()
    let input = builder.input("x", [4])
    let output = builder.value("y", [4])
    builder.node(.relu, [input], [output])
    builder.outputs([output])
    return builder.graph
  }
}
