import GraphIR
import Operators
import Testing

@testable import Passes

@Suite struct PassFactsTests {
  private static let facts = Registry.operators.compactMap { entry in
    (entry as? any PassOperator.Type).map { (name: "\(entry)", facts: $0.passFacts) }
  }

  /// A single fact cannot be left out: `PassFacts` has no default values.
  @Test(arguments: Registry.operators.map { "\($0)" }) func everyOperatorHasFacts(name: String) throws {
    let entry = try #require(Registry.operators.first { "\($0)" == name })
    let code = OperatorCode(entry.builtin, customName: entry.customName)
    #expect(
      entry is any PassOperator.Type && code.passFacts != nil,
      "\(name) has no passFacts: write Sources/Passes/Operators/*/\(name)+PassFacts.swift")
  }

  @Test func customOperatorsAreKnownByTheirNames() {
    #expect(OperatorCode(.custom, customName: "TFLite_Detection_PostProcess").passFacts != nil)
    #expect(OperatorCode(.custom, customName: "SomethingElse").passFacts == nil)
    #expect(OperatorCode(.custom).passFacts == nil)
  }

  @Test func variablesAreKnownWithoutKernels() {
    for code in [BuiltinOperator.readVariable, .assignVariable] {
      #expect(OperatorCode(code).passFacts?.quantizationRule?.sharing == .variable)
    }
  }

  @Test func reasonsAreGiven() {
    for (name, facts) in Self.facts {
      if case .none(let reason) = facts.quantization { #expect(!reason.isEmpty, "\(name)") }
      if case .none(let reason) = facts.gradient { #expect(!reason.isEmpty, "\(name)") }
      if case .none(let reason) = facts.channels { #expect(!reason.isEmpty, "\(name)") }
      if case .untouched(let reason) = facts.weights { #expect(!reason.isEmpty, "\(name)") }
    }
  }

  @Test func factsAgree() {
    for (name, facts) in Self.facts {
      #expect(facts.channels != .layer || facts.layer != nil, "\(name): a layer without operands")
      guard let layer = facts.layer else { continue }
      #expect(facts.quantizationRule != nil, "\(name): a layer without a rule")
      #expect((layer.channelAxis == 3) == (layer.kind == .depthwise), "\(name)")
      #expect(Set([layer.input, layer.filter, layer.bias]).count == 3, "\(name)")
    }
  }
}
