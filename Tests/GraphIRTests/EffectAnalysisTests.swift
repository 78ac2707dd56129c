import GraphIR
import Testing
import _TestSupport

@Suite struct EffectAnalysisTests {
  private func handle(_ name: String, in builder: inout GraphBuilder) -> ValueID {
    let id = builder.value(name, [], .resource)
    let options = Record("VarHandleOptions", [.init(name: "shared_name", value: .string(name))])
    builder.node(.varHandle, [], [id], options: options)
    return id
  }

  @Test func sameResourceConflictsAndAnotherDoesNot() {
    var builder = GraphBuilder()
    let data = builder.input("x", [4])
    let first = handle("a", in: &builder)
    let second = handle("b", in: &builder)
    let read = builder.node(.readVariable, [first], [builder.value("ra", [4])])
    let assign = builder.node(.assignVariable, [first, data], [])
    let other = builder.node(.assignVariable, [second, data], [])
    let effects = EffectAnalysis(Model(graphs: [builder.graph])).effects[0]
    #expect(effects[read.index].conflicts(with: effects[assign.index]))
    #expect(!effects[read.index].conflicts(with: effects[read.index]))
    #expect(!effects[assign.index].conflicts(with: effects[other.index]))
    #expect(effects[0].isPure)
  }

  @Test func handleFromOutsideMayBeAnyResource() {
    var builder = GraphBuilder()
    let data = builder.input("x", [4])
    let outside = builder.input("h", [], .resource)
    let known = handle("a", in: &builder)
    let one = builder.node(.assignVariable, [outside, data], [])
    let two = builder.node(.readVariable, [known], [builder.value("r", [4])])
    let effects = EffectAnalysis(Model(graphs: [builder.graph])).effects[0]
    #expect(effects[one.index].conflicts(with: effects[two.index]))
  }

  @Test func callsHaveTheEffectsOfWhatTheyCall() {
    var initializer = GraphBuilder()
    let value = initializer.constant("zeros", [4])
    let inner = handle("a", in: &initializer)
    initializer.node(.assignVariable, [inner, value], [])
    var main = GraphBuilder()
    let options = Record("CallOnceOptions", [.init(name: "init_subgraph_index", value: .integer(1))])
    let call = main.node(.callOnce, [], [], options: options)
    let read = main.node(.readVariable, [handle("a", in: &main)], [main.value("r", [4])])
    let free = main.node(.readVariable, [handle("b", in: &main)], [main.value("s", [4])])
    let effects = EffectAnalysis(Model(graphs: [main.graph, initializer.graph])).effects[0]
    #expect(effects[call.index].conflicts(with: effects[read.index]))
    #expect(!effects[call.index].conflicts(with: effects[free.index]))
  }

  @Test func unknownCustomOperatorsConflictWithAllState() {
    var builder = GraphBuilder()
    let input = builder.input("x", [4])
    let state = builder.value("state", [4], isVariable: true)
    let custom = builder.node(.custom, [input], [builder.value("y", [4])], customName: "Mine")
    let known = builder.node(
      .custom, [input], [builder.value("z", [4])], customName: "TFLite_Detection_PostProcess")
    let svdf = builder.node(.svdf, [input, nil, nil, nil, state], [builder.value("w", [4])])
    let plain = builder.node(.relu, [input], [builder.value("v", [4])])
    let effects = EffectAnalysis(Model(graphs: [builder.graph])).effects[0]
    #expect(effects[custom.index].conflicts(with: effects[svdf.index]))
    #expect(!effects[custom.index].conflicts(with: effects[plain.index]))
    #expect(effects[known.index].isPure)
  }
}
