import Datasets
import Execution
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

@Suite struct GradientGraphTests {
  private func network() -> Model {
    var graphs = FloatGraphs(seed: 21)
    let x = graphs.builder.input("x", [1, 6, 6, 2], .float32)
    let a = graphs.convolution(x, outputs: 3, taps: 2)
    let b = graphs.unary(.tanh, graphs.depthwise(a, multiplier: 2))
    let c = graphs.concatenation(b, graphs.unary(.leakyRelu, graphs.depthwise(a)))
    let d = graphs.binary(.mul, c, graphs.constant([9]))
    let e = graphs.binary(.sub, d, graphs.unary(.logistic, d))
    let pooled = graphs.maxPool(e)
    let flat = graphs.flatten(pooled)
    let both = graphs.concatenation(graphs.dense(flat, outputs: 4), graphs.mean(e))
    let output = graphs.unary(.softmax, graphs.dense(both, outputs: 2))
    return graphs.model(outputs: [output])
  }

  private func check(_ model: Model, count: Int) throws {
    let graph = try GradientGraph(model.graphs[0])
    let samples = try SampleSet.random(for: model, count: count, seed: 1)
    var scores = model
    scores.graphs[0].outputs = graph.targets
    let session = Session(try Interpreter(scores))
    let memory = graph.makeMemory()
    graph.forward(
      memory, try (0..<count).map { try samples.sample($0).map { TensorData($0).elements(Float.self) } })
    for index in 0..<count {
      let wanted = TensorData(try session.run(samples.sample(index))[0]).elements(Float.self)
      for (x, y) in zip(wanted, graph.answers(memory, lane: index)) { #expect(abs(x - y) < 1e-4) }
    }
  }

  @Test(arguments: [1, 3, 8])
  func answersAreTheInterpreters(count: Int) throws { try check(network(), count: count) }

  /// Widths around the eight channels that are computed at a time.
  @Test(arguments: [1, 4, 5, 8, 9, 13])
  func everyWidthIsRight(width: Int32) throws {
    var graphs = FloatGraphs(seed: UInt64(width))
    let x = graphs.builder.input("x", [1, 5, 4, width], .float32)
    let a = graphs.convolution(x, outputs: width, taps: 3, activation: 1)
    let b = graphs.convolution(graphs.depthwise(a), outputs: width + 1)
    let output = graphs.dense(graphs.flatten(b), outputs: 2)
    try check(graphs.model(outputs: [output]), count: 2)
  }

  /// Central differences of a linear function of two samples' answers, for weights of every layer.
  @Test func derivativesAreDifferences() throws {
    let model = network()
    let graph = try GradientGraph(model.graphs[0])
    let set = try SampleSet.random(for: model, count: 2, seed: 9)
    let samples = try (0..<2).map { try set.sample($0).map { TensorData($0).elements(Float.self) } }
    let memory = graph.makeMemory()
    let target = graph.targets[0]
    graph.forward(memory, samples)
    memory.clearGradients()
    memory.gradient(target)[0] = 1
    memory.gradient(target)[GradientMemory.laneCount + 1] = -2
    graph.backward(memory)
    let slopes = model.graphs[0].values.indices.map { index -> Float in
      let id = ValueID(index)
      guard memory.hasGradient(id), model.graphs[0][id].isConstant else { return 0 }
      let slopes = memory.gradient(id)
      let count = model.graphs[0][id].shape?.elementCount ?? 0
      guard slopes.count > count else { return slopes[count / 2] }
      return slopes.lanes(count / 2).sum()
    }
    func answer(_ id: ValueID, _ numbers: [Float]) -> Float {
      memory.assign(numbers, to: id)
      graph.prepare(memory)
      graph.forward(memory, samples)
      return graph.answers(memory, lane: 0)[0] - 2 * graph.answers(memory, lane: 1)[1]
    }
    for (index, value) in model.graphs[0].values.enumerated()
    where value.isConstant && value.elementType == .float32 {
      let numbers = value.data.elements(Float.self)
      var (above, below) = (numbers, numbers)
      above[numbers.count / 2] += 1e-2
      below[numbers.count / 2] -= 1e-2
      let id = ValueID(index)
      let difference = (answer(id, above) - answer(id, below)) / 2e-2
      _ = answer(id, numbers)
      #expect(abs(difference - slopes[index]) < 0.03 * max(1, abs(slopes[index])), "value \(index)")
    }
  }

  @Test func weightsThatAreAnOperandTooAreRefused() {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4], .float32)
    let weights = graphs.constant([4, 4])
    let y = graphs.value([1, 4])
    graphs.builder.node(.fullyConnected, [x, weights], [y])
    let output = graphs.binary(.add, graphs.constant([4, 4]), weights)
    let model = graphs.model(outputs: [y, output])
    #expect(throws: GradientGraph.Unsupported.self) { try GradientGraph(model.graphs[0]) }
  }

  @Test func unknownOperatorsAreNamed() {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4], .float32)
    let output = graphs.unary(.floor, x)
    let model = graphs.model(outputs: [output])
    #expect(
      throws: GradientGraph.Unsupported(
        reason: "operator 0 (FLOOR) has no derivative in nnopt: it gives steps, flags or places")
    ) { try GradientGraph(model.graphs[0]) }
  }
}
