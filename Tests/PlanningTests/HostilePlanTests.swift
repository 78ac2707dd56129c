import Foundation
import MemoryPlanning
import ModelFiles
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Planning

/// Damaged single-operator models are planned or refused for every kernel library; none traps.
@Suite struct HostilePlanTests {
  private static let targets: [TFLMTarget] = [
    .cortexM(.reference, .none), .cortexM(.cmsisNN, .dsp), .cortexM(.cmsisNN, .mve),
    TFLMTarget(abi: .ilp32, kernels: .espNN, vectors: .esp32s3),
    TFLMTarget(abi: .ilp32, kernels: .espNN, vectors: .esp32p4), .host,
  ]

  /// How many damaged models of every operator are tried; `NNOPT_HOSTILE=100` for a long run.
  private static let tries = ProcessInfo.processInfo.environment["NNOPT_HOSTILE"].flatMap { Int($0) } ?? 2

  @Test(arguments: GoldenModels.names) func neverTraps(name: String) throws {
    var random = SeededRandom(seed: UInt64(name.utf8.reduce(3) { $0 &* 31 &+ Int($1) }.magnitude))
    let files = try GoldenModels.read(name)
    for number in 0..<Self.tries {
      let bytes = try #require(
        Self.tries > 2 ? files.randomElement(using: &random) : files.dropFirst(number).first ?? files.first)
      var damaged = try ModelFile.parse(bytes, name: name)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let graph = Int.random(in: damaged.graphs.indices, using: &random)
        Self.damage(&damaged.graphs[graph], &random)
      }
      for target in Self.targets { Self.plan(damaged, target) }
    }
  }

  private static func plan(_ model: Model, _ target: TFLMTarget) {
    let build = TFLMBuild(target, safeOn: [target.kernels])
    _ = try? build.demands(of: model)
    _ = try? build.charge(for: model, planned: nil)
    _ = try? Planner(for: build).plannedModel(for: model)
    guard GraphVerifier.forUse.firstProblem(in: model) == nil else { return }
    _ = TFLMCompatibility.findings(in: model, target: target)
    for graph in model.graphs {
      for node in graph.nodes {
        for position in node.inputs.indices {
          _ = OverlapRules(target.kernels).rule(input: position, of: node, in: graph)
        }
      }
    }
  }

  private static let sizes: [Int32] = [0, 1, 2, 3, 7, 64, 65_536, .max]
  private static let numbers: [Int64] = [0, -1, 1, 2, 5, 127, 1 << 20, .max, .min, Int64(Int32.max)]

  private static func damage(_ graph: inout Graph, _ random: inout SeededRandom) {
    guard let index = graph.values.indices.randomElement(using: &random) else { return }
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1:
      guard let axis = graph.values[index].dimensions?.indices.randomElement(using: &random) else { return }
      graph.values[index].dimensions?[axis] = sizes.randomElement(using: &random) ?? 0
    case 2:
      graph.values[index].dimensions = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        sizes.randomElement(using: &random) ?? 0
      }
    case 3: graph.values[index].dimensions = (graph.values[index].dimensions ?? []).dropLast()
    case 4: graph.values[index].elementType = ElementType.allCases.randomElement(using: &random) ?? .int8
    case 5:
      graph.values[index].data = TensorData(
        (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
    default: damageNode(&graph, &random)
    }
  }

  private static func damageNode(_ graph: inout Graph, _ random: inout SeededRandom) {
    guard let node = graph.nodes.indices.randomElement(using: &random) else { return }
    switch Int.random(in: 0..<7, using: &random) {
    case 0: graph.nodes[node].options = nil
    case 1: if !graph.nodes[node].inputs.isEmpty { graph.nodes[node].inputs.removeLast() }
    case 2: graph.nodes[node].inputs.append(ValueID(Int.random(in: 0...graph.values.count, using: &random)))
    case 3:
      guard let position = graph.nodes[node].inputs.indices.randomElement(using: &random) else { return }
      graph.nodes[node].inputs[position] =
        Bool.random(using: &random)
        ? nil : graph.values.indices.randomElement(using: &random).map(ValueID.init)
    case 4: if !graph.nodes[node].outputs.isEmpty { graph.nodes[node].outputs.removeLast() }
    default:
      for field in graph.nodes[node].attributes.fields where Bool.random(using: &random) {
        let number = numbers.randomElement(using: &random) ?? 0
        if case .integer = field.value { graph.nodes[node].options?.record[field.name] = .integer(number) }
      }
    }
  }

  /// An operand with fewer dimensions than the axis that they are joined along.
  @Test func operandsOfLowerRankAreRefusedOrPlanned() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [4], .float32)
    let y = builder.input("y", [1, 1, 4], .float32)
    let z = builder.value("z", [1, 1, 8], .float32)
    builder.node(
      .concatenation, [x, y], [z], options: Record("", [.init(name: "axis", value: .integer(2))]))
    builder.outputs([z])
    let build = TFLMBuild(.cortexM(.reference), safeOn: KernelLibrary.any)
    let plan = try Planner(for: build).plannedModel(for: Model(graphs: [builder.graph])).plan
    #expect(plan.arenaBytes == 64)
  }

  /// y is read, and nothing writes it: on a device it holds anything.
  @Test func unwrittenOperandsAreNoFaultOfThePlanner() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 64], .float32)
    let y = builder.value("y", [1, 64], .float32)
    let sum = builder.value("sum", [1, 64], .float32)
    let more = builder.value("more", [1, 64], .float32)
    let last = builder.value("last", [1, 64], .float32)
    builder.node(.neg, [x], [more])
    builder.node(.add, [more, y], [sum])
    builder.node(.neg, [sum], [last])
    builder.outputs([last])
    let model = Model(graphs: [builder.graph])
    let planner = Planner(for: TFLMBuild(.cortexM(.reference), safeOn: [.reference]))
    let planned = try planner.plannedModel(for: model)
    #expect(
      PlanCheck.run(model, planned.plan)
        == .notRun(
          "operator 1 (ADD) reads tensor 1 'y', which nothing writes: what it holds is not defined"))
    _ = try PlanGate.pass(planned, of: model, by: planner)
  }

  /// The gate runs a model with random inputs: an input that the file stores data for keeps them.
  @Test func constantInputsComeThroughThePlanUnchanged() throws {
    var model = SampleModels.chain(.abs, .neg)
    let bytes = (0..<16).map { UInt8($0) }
    model.graphs[0].values[0].data = TensorData(bytes)
    let planner = Planner(for: TFLMBuild(.cortexM(.reference), safeOn: [.reference]))
    let planned = try planner.plannedModel(for: model, order: .file)
    let passed = try PlanGate.pass(planned, of: model, by: planner, order: .file)
    let read = try ModelFile.parse(ModelFile.serialize(passed.planned.model), name: "planned")
    #expect(Array(read.graphs[0].values[0].data.bytes) == bytes)
    #expect(Array(model.graphs[0].values[0].data.bytes) == bytes)
  }
}
