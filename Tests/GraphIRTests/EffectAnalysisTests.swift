import GraphIR
import Testing
import _TestSupport

@Suite struct EffectAnalysisTests {
  @Test func sameResourceConflictsAndAnotherDoesNot() {
    var builder = GraphBuilder()
    let data = builder.input("x", [4])
    let first = builder.variableHandle("a")
    let second = builder.variableHandle("b")
    let read = builder.node(.readVariable, [first], [builder.value("ra", [4])])
    let assign = builder.node(.assignVariable, [first, data], [])
    let other = builder.node(.assignVariable, [second, data], [])
    let effects = EffectAnalysis(Model(graphs: [builder.graph])).effects[0]
    #expect(effects[read.index].conflicts(with: effects[assign.index]))
    #expect(!effects[read.index].conflicts(with: effects[read.index]))
    #expect(!effects[assign.index].conflicts(with: effects[other.index]))
    #expect(effects[0].isPure)
  }

  @Test(arguments: [("c", nil), (nil, "c"), ("", nil), (nil, "")] as [(String?, String?)])
  func handleWithoutContainerMayBeThatOfAnother(first: String?, second: String?) {
    var builder = GraphBuilder()
    let data = builder.input("x", [4])
    let one = builder.variableHandle("c", container: "c")
    let two = builder.variableHandle("a", container: first)
    let three = builder.variableHandle("a", container: second)
    let read = builder.node(.readVariable, [two], [builder.value("r", [4])])
    let assign = builder.node(.assignVariable, [three, data], [])
    let other = builder.node(.assignVariable, [one, data], [])
    let effects = EffectAnalysis(Model(graphs: [builder.graph])).effects[0]
    let areOne = first != nil || second == ""
    #expect(effects[read.index].conflicts(with: effects[assign.index]) == areOne)
    #expect(!effects[read.index].conflicts(with: effects[other.index]))
    #expect(effects[1].conflicts(with: effects[2]) == (first == "c" || second == "c"))
    #expect(!effects[0].conflicts(with: effects[1]))
  }

  @Test func variablesAreTheSameInAllGraphs() {
    var called = GraphBuilder()
    let inner = called.variableHandle("a", container: "c")
    called.node(.assignVariable, [inner, called.constant("zeros", [4])], [])
    var main = GraphBuilder()
    let options = Record("CallOptions", [.init(name: "subgraph", value: .integer(1))])
    let call = main.node(.call, [], [], options: options)
    let read = main.node(.readVariable, [main.variableHandle("a")], [main.value("r", [4])])
    let effects = EffectAnalysis(Model(graphs: [main.graph, called.graph])).effects[0]
    #expect(!effects[call.index].conflicts(with: effects[read.index]))
    let swapped = EffectAnalysis(Model(graphs: [called.graph, main.graph]))
    #expect(swapped.effects[0][1].conflicts(with: swapped.effects[1][read.index]))
  }

  @Test func tablesAreNoVariables() {
    var builder = GraphBuilder()
    let data = builder.input("x", [4])
    let table = builder.value("table", [1], .resource)
    builder.node(
      .hashtable, [], [table],
      options: Record("HashtableOptions", [.init(name: "table_id", value: .integer(0))]))
    let outside = builder.input("h", [1], .resource)
    let variable = builder.variableHandle("0", container: "hashtable")
    let fill = builder.node(.hashtableImport, [table, data, data], [])
    let assign = builder.node(.assignVariable, [variable, data], [])
    let unknown = builder.node(.assignVariable, [outside, data], [])
    let effects = EffectAnalysis(Model(graphs: [builder.graph])).effects[0]
    #expect(!effects[fill.index].conflicts(with: effects[assign.index]))
    #expect(effects[fill.index].conflicts(with: effects[unknown.index]))
    #expect(effects[assign.index].conflicts(with: effects[unknown.index]))
  }

  @Test func handleFromOutsideMayBeAnyResource() {
    var builder = GraphBuilder()
    let data = builder.input("x", [4])
    let outside = builder.input("h", [], .resource)
    let known = builder.variableHandle("a")
    let one = builder.node(.assignVariable, [outside, data], [])
    let two = builder.node(.readVariable, [known], [builder.value("r", [4])])
    let effects = EffectAnalysis(Model(graphs: [builder.graph])).effects[0]
    #expect(effects[one.index].conflicts(with: effects[two.index]))
  }

  @Test func callsHaveTheEffectsOfWhatTheyCall() {
    var initializer = GraphBuilder()
    let value = initializer.constant("zeros", [4])
    let inner = initializer.variableHandle("a")
    initializer.node(.assignVariable, [inner, value], [])
    var main = GraphBuilder()
    let options = Record("CallOnceOptions", [.init(name: "init_subgraph_index", value: .integer(1))])
    let call = main.node(.callOnce, [], [], options: options)
    let read = main.node(.readVariable, [main.variableHandle("a")], [main.value("r", [4])])
    let free = main.node(.readVariable, [main.variableHandle("b")], [main.value("s", [4])])
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
