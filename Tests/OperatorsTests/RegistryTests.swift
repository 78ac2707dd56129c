import GraphIR
import Operators
import Testing
import _TestSupport

@Suite struct RegistryTests {
  @Test func operatorsAreSortedAndRegisteredOnce() {
    let names = Registry.operators.map { "\($0)".lowercased() }
    #expect(names == names.sorted())
    let keys = Registry.operators.map { "\($0.builtin.rawValue) \($0.customName ?? "")" }
    #expect(Set(keys).count == keys.count)
  }

  @Test func everyOperatorIsFoundByItsCode() {
    for type in Registry.operators {
      let found = Registry.operator(for: OperatorCode(type.builtin, customName: type.customName))
      #expect(found == type, "\(type)")
    }
    #expect(Registry.operator(for: OperatorCode(.custom, customName: "Mine")) == nil)
    #expect(Registry.operator(for: OperatorCode(.custom)) == nil)
    #expect(Registry.operator(for: OperatorCode(.hashtable)) == nil)
  }

  @Test func everyOperatorHasAnArity() {
    for type in Registry.operators {
      #expect(OperatorArity(of: type.builtin) != nil, "\(type): a line of OperatorArity in GraphIR")
    }
  }

  @Test func convolutionCountsItsMultiplications() {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 8, 8, 3])
    let filter = builder.constant("w", [4, 3, 3, 3])
    let output = builder.value("y", [1, 8, 8, 4])
    builder.node(.conv2D, [input, filter, nil], [output])
    let graph = builder.graph
    #expect(Registry.multiplyAccumulates(of: graph.nodes[0], in: graph) == 8 * 8 * 4 * 27)
  }

  @Test func absurdShapesSaturate() {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 1, 1, 1])
    let filter = builder.value("w", [1, 1 << 30, 1 << 30, 4])
    let output = builder.value("y", [1, 1 << 16, 1 << 16, 1])
    builder.node(.conv2D, [input, filter, nil], [output])
    let graph = builder.graph
    #expect(Registry.multiplyAccumulates(of: graph.nodes[0], in: graph) == .max)
  }
}
