import GraphIR
import Testing
import _TestSupport

@Suite struct GraphDependenciesTests {
  @Test func producersConsumersAndFixedValues() {
    var builder = GraphBuilder()
    let input = builder.input("x", [4])
    let weights = builder.constant("w", [4], .float16)
    let unpacked = builder.value("w32", [4], .float32)
    let sum = builder.value("y", [4])
    let unpack = builder.node(.dequantize, [weights], [unpacked])
    let add = builder.node(.add, [input, unpacked, input], [sum])
    let dependencies = dependencies(of: builder.graph)
    #expect(dependencies.producers[unpacked.index] == unpack)
    #expect(dependencies.consumers[input.index] == [add])
    #expect(dependencies.isFixed == [false, true, true, false])
  }

  @Test func stateKeepsTheFilesOrder() {
    var builder = GraphBuilder()
    let input = builder.input("x", [4])
    let state = builder.value("s", [4], isVariable: true)
    let first = builder.node(.svdf, [input, state], [builder.value("a", [4])])
    builder.node(.relu, [input], [builder.value("b", [4])])
    let last = builder.node(.svdf, [input, state], [builder.value("c", [4])])
    #expect(dependencies(of: builder.graph).orderings == [.init(before: first, after: last)])
  }

  @Test func handlesAreNotConstants() {
    var builder = GraphBuilder()
    let handle = builder.value("h", [], .resource)
    builder.node(.varHandle, [], [handle])
    #expect(!dependencies(of: builder.graph).isFixed[handle.index])
  }

  private func dependencies(of graph: Graph) -> GraphDependencies {
    GraphDependencies(graph, effects: EffectAnalysis(Model(graphs: [graph])).effects[0])
  }
}
