import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Runtimes

/// Models that no reader has looked at: a judge that traps on them says nothing.
@Suite struct HostileRefusalTests {
  @Test(arguments: GoldenArenas.operators)
  func changedModelsAreJudged(name: String) throws {
    var random = SeededRandom(seed: UInt64(name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }.magnitude))
    for bytes in try GoldenModels.read(name).prefix(12) {
      let model = try ModelFile.parse(bytes, name: name)
      for _ in 0..<40 {
        var changed = model
        for _ in 0..<Int.random(in: 1...3, using: &random) { Self.change(&changed, &random) }
        let findings = TFLMCompatibility.findings(in: changed, target: .host)
        #expect(findings.allSatisfy { !$0.problem.isEmpty && !$0.remedy.isEmpty })
        #expect(findings == TFLMCompatibility.findings(in: changed, target: .host))
      }
    }
  }

  /// Strides of 64 bits, which no sum or difference of sizes may overflow with.
  @Test(arguments: [Int64.max, .min, .min + 1, 1 << 40]) func wideStridesAreRefused(stride: Int64) {
    var builder = GraphBuilder()
    let x = builder.input("x", [8], .float32)
    let operands = ["begin", "end", "strides"].map { builder.constant($0, [1], .int64) }
    let y = builder.value("y", [1], .float32)
    builder.node(.stridedSlice, [x] + operands, [y])
    builder.outputs([y])
    var graph = builder.graph
    for (operand, number) in zip(operands, [0, 8, stride]) {
      graph.values[operand.index].data = TensorData(
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    }
    let findings = TFLMCompatibility.findings(in: Model(graphs: [graph]), target: .host)
    #expect(findings.contains { $0.problem.contains("strides of 32 bits") })
  }

  private static let sizes: [Int32] = [0, 1, 2, 5, 255, 65_536, .max, -1, .min]

  private static func change(_ model: inout Model, _ random: inout SeededRandom) {
    guard let graph = model.graphs.indices.randomElement(using: &random),
      let value = model.graphs[graph].values.indices.randomElement(using: &random)
    else { return }
    switch Int.random(in: 0..<12, using: &random) {
    case 0: model.graphs[graph].values[value].dimensions = nil
    case 1:
      let rank = Int.random(in: 0...9, using: &random)
      model.graphs[graph].values[value].dimensions = (0..<rank).map { _ in
        sizes.randomElement(using: &random) ?? 0
      }
    case 2:
      model.graphs[graph].values[value].elementType =
        ElementType.allCases.randomElement(using: &random) ?? .int8
    case 3: model.graphs[graph].values[value].quantization = nil
    case 4:
      model.graphs[graph].values[value].quantization = Quantization(
        scales: [.nan, -1, .infinity, 0, .leastNonzeroMagnitude].shuffled(using: &random),
        zeroPoints: [.max, .min], axis: .max
      )
    case 5: model.graphs[graph].values[value].quantization = Quantization(scales: [], zeroPoints: [])
    case 6: model.graphs[graph].values[value].data = TensorData([1, 2, 3])
    case 7: model.graphs[graph].values[value].data = .none
    default: changeNode(&model.graphs[graph], &random)
    }
  }

  private static func changeNode(_ graph: inout Graph, _ random: inout SeededRandom) {
    guard let node = graph.nodes.indices.randomElement(using: &random) else { return }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: graph.nodes[node].options = nil
    case 1:
      for field in graph.nodes[node].attributes.fields {
        let number = [Int64(0), -1, 7, .max, .min].randomElement(using: &random) ?? 0
        if case .integer = field.value { graph.nodes[node].options?.record[field.name] = .integer(number) }
      }
    case 2: if !graph.nodes[node].inputs.isEmpty { graph.nodes[node].inputs.removeLast() }
    case 3: if !graph.nodes[node].outputs.isEmpty { graph.nodes[node].outputs.removeLast() }
    case 4: graph.nodes[node].inputs = graph.nodes[node].inputs.map { _ in nil }
    default: graph.nodes[node].inputs.append(ValueID(graph.values.count + 3))
    }
  }
}
