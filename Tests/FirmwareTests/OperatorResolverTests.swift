import Foundation
import GraphIR
import Testing
import _TestSupport

@testable import Firmware

@Suite struct OperatorResolverTests {
  private func resolver(_ codes: [OperatorCode]) -> OperatorResolver {
    var builder = GraphBuilder()
    var value = builder.input("x", [1])
    for code in codes {
      let next = builder.value("y", [1])
      builder.node(code.builtin, [value], [next], customName: code.customName)
      value = next
    }
    return OperatorResolver(Model(graphs: [builder.graph]))
  }

  @Test func everyOperatorIsAddedOnce() {
    let resolver = resolver([.relu, .conv2D, .relu, .add, .conv2D].map { OperatorCode($0) })
    #expect(resolver.registrations == [.method("AddAdd"), .method("AddConv2D"), .method("AddRelu")])
    #expect(resolver.capacity == 3)
  }

  @Test func customOperatorsOfTFLMHaveMethods() {
    let names = ["TFLite_Detection_PostProcess", "ethos-u", "SignalRfft"]
    let resolver = resolver(names.map { OperatorCode(.custom, customName: $0) })
    #expect(
      resolver.registrations == [
        .method("AddDetectionPostprocess"), .method("AddEthosU"), .method("AddRfft"),
      ])
  }

  @Test func otherCustomOperatorsNeedAFunction() {
    let resolver = resolver([OperatorCode(.custom, customName: "My Op")])
    #expect(resolver.registrations == [.custom(name: "My Op", function: "Register_My_Op")])
    #expect(resolver.customFunctions == ["Register_My_Op"])
  }

  @Test func whatTFLMLacksIsListed() {
    let resolver = resolver([.gelu, .tile, .gelu].map { OperatorCode($0) })
    #expect(resolver.registrations.isEmpty)
    #expect(resolver.missing == ["GELU", "TILE"])
    #expect(resolver.capacity == 1)
  }

  @Test func allSubgraphsCount() {
    var main = GraphBuilder()
    main.node(.relu, [main.input("x", [1])], [main.value("y", [1])])
    var other = GraphBuilder()
    other.node(.tanh, [other.input("x", [1])], [other.value("y", [1])])
    let resolver = OperatorResolver(Model(graphs: [main.graph, other.graph]))
    #expect(resolver.registrations == [.method("AddRelu"), .method("AddTanh")])
  }
}
