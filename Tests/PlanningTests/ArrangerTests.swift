import GraphIR
import MemoryPlanning
import Planning
import Testing
import _TestSupport

@Suite struct ArrangerTests {
  /// Two branches of which each first grows and then shrinks; the file runs them interleaved.
  private func branches() -> Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [16])
    let wide = [builder.value("a", [160]), builder.value("b", [160])]
    let thin = [builder.value("c", [16]), builder.value("d", [16])]
    let sum = builder.value("y", [16])
    builder.node(.softmax, [input], [wide[0]])
    builder.node(.softmax, [input], [wide[1]])
    builder.node(.softmax, [wide[0]], [thin[0]])
    builder.node(.softmax, [wide[1]], [thin[1]])
    builder.node(.add, [thin[0], thin[1]], [sum])
    builder.outputs([sum])
    return Model(graphs: [builder.graph])
  }

  @Test func optimalOrderRunsOneBranchAtATime() throws {
    let planner = try Arranger(branches(), for: IdealRuntime(alignment: 1))
    #expect(try planner.peakBytes(.file) == 336)
    let plan = try planner.plan(.optimal)
    #expect(plan.peakBytes == 192)
    #expect(plan.isPeakProved)
    #expect(plan.arenaBytes == 192)
    #expect(plan.isArenaProved)
    #expect(plan.orders[0].map(\.index) == [0, 2, 1, 3, 4])
  }

  @Test func alignmentRoundsEverySizeUp() throws {
    #expect(try Arranger(branches(), for: IdealRuntime(alignment: 64)).peakBytes(.file) == 64 + 192 + 192)
  }

  @Test func planIsAValidPlacement() throws {
    let plan = try Arranger(branches(), for: IdealRuntime()).plan(.greedy)
    let problem = try PlacementProblem(
      buffers: plan.buffers.map {
        .init(size: $0.byteCount, lower: $0.lifetime.lowerBound, upper: $0.lifetime.upperBound, alignment: 16)
      })
    try problem.validate(Placement(offsets: plan.buffers.map(\.offset), arenaBytes: plan.arenaBytes))
    #expect(problem.lowerBound == plan.peakBytes)
  }

  @Test func whatIsLiveAtACallStaysLive() throws {
    var body = GraphBuilder()
    let carried = body.input("i", [32])
    let large = body.value("t", [1000])
    let next = body.value("n", [32])
    body.node(.softmax, [carried], [large])
    body.node(.softmax, [large], [next])
    body.outputs([next])
    var main = GraphBuilder()
    let input = main.input("x", [32])
    let held = main.value("held", [64])
    let result = main.value("r", [32])
    let sum = main.value("y", [64])
    main.node(.relu, [input], [held])
    let options = Record(
      "WhileOptions",
      [
        .init(name: "cond_subgraph_index", value: .integer(1)),
        .init(name: "body_subgraph_index", value: .integer(2)),
      ])
    main.node(.while, [input], [result], options: options)
    main.node(.add, [held, result], [sum])
    main.outputs([sum])
    var condition = GraphBuilder()
    let tested = condition.input("i", [32])
    let flag = condition.value("f", [1], .bool)
    condition.node(.less, [tested, tested], [flag])
    condition.outputs([flag])
    let model = Model(graphs: [main.graph, condition.graph, body.graph])
    let filePlan = try Arranger(model, for: IdealRuntime(alignment: 1)).plan(.file)
    #expect(filePlan.peakBytes == 32 + 64 + 32 + 1000 + 32)
    #expect(filePlan.steps.map(\.graph.index) == [0, 0, 1, 2, 2, 0])
    let plan = try Arranger(model, for: IdealRuntime(alignment: 1)).plan(.optimal)
    #expect(plan.peakBytes == 32 + 32 + 1000 + 32)
    #expect(plan.isPeakProved)
  }

  @Test func constantsAndStateAreNotActivations() throws {
    var builder = GraphBuilder()
    let input = builder.input("x", [10])
    let weights = builder.constant("w", [500], .float16)
    let unpacked = builder.value("w32", [500], .float32)
    let state = builder.value("s", [300], isVariable: true)
    let output = builder.value("y", [10])
    builder.node(.dequantize, [weights], [unpacked])
    builder.node(.svdf, [input, unpacked, unpacked, nil, state], [output])
    builder.outputs([output])
    #expect(
      try Arranger(Model(graphs: [builder.graph]), for: IdealRuntime(alignment: 1)).peakBytes(.file) == 20)
  }

  @Test(arguments: NamedOrder.allCases)
  func whatConstantsAreComputedFromRunsFirst(name: NamedOrder) throws {
    var builder = GraphBuilder()
    let input = builder.input("x", [10])
    let weights = builder.constant("w", [500], .float16)
    let unpacked = builder.value("w32", [500], .float32)
    let middle = builder.value("m", [10])
    let output = builder.value("y", [10])
    builder.node(.relu, [input], [middle])
    builder.node(.dequantize, [weights], [unpacked])
    builder.node(.fullyConnected, [middle, unpacked], [output])
    builder.outputs([output])
    let order = try Arranger(Model(graphs: [builder.graph]), for: IdealRuntime()).plan(name).orders[0].map(
      \.index)
    #expect(order.last == 2)
  }

  @Test(arguments: [(length: 40, calls: 2), (length: 2_000, calls: 1)])
  func callsWithoutEndAreRefused(length: Int, calls: Int) throws {
    let graphs = (1...length).map { next in
      var builder = GraphBuilder()
      let callee = Record(
        "CallOnceOptions", [.init(name: "init_subgraph_index", value: .integer(Int64(next)))])
      if next < length {
        for _ in 0..<calls { builder.node(.callOnce, [], [], options: callee) }
      }
      return builder.graph
    }
    #expect(throws: PlanningError.self) { try Arranger(Model(graphs: graphs), for: IdealRuntime()) }
  }

  @Test func emptyModelNeedsNothing() throws {
    let empty = Graph(nodes: [], values: [], inputs: [], outputs: [])
    let plan = try Arranger(Model(graphs: [empty]), for: IdealRuntime()).plan(.optimal)
    #expect(plan.arenaBytes == 0)
    #expect(plan.isPeakProved)
  }

  @Test func absurdSizesAreRefused() throws {
    var builder = GraphBuilder()
    for index in 0..<20 { _ = builder.input("x\(index)", [1 << 30, 1 << 27], .int8) }
    #expect(throws: PlanningError.self) { try Arranger(Model(graphs: [builder.graph]), for: IdealRuntime()) }
  }
}
