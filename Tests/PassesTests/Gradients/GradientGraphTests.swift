import Execution
import GraphIR
import Tensors
import Testing
import _TestSupport

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

  @Test func answersAreTheInterpreters() throws {
    let model = network()
    let graph = try GradientGraph(model.graphs[0])
    let samples = try SampleSet.random(for: model, count: 3, seed: 1)
    let session = Session(try Interpreter(model))
    var scores = model
    scores.graphs[0].outputs = graph.targets
    let other = Session(try Interpreter(scores))
    for index in 0..<3 {
      let sample = try samples.sample(index)
      let memory = graph.makeMemory()
      graph.forward(memory, sample.map { TensorData($0).elements(Float.self) })
      _ = try session.run(sample)
      let wanted = TensorData(try other.run(sample)[0]).elements(Float.self)
      let found = memory.value(graph.targets[0]).array()
      for (x, y) in zip(wanted, found) { #expect(abs(x - y) < 1e-4) }
    }
  }

  /// Central differences of a linear function of the answers, for weights of every layer.
  @Test func derivativesAreDifferences() throws {
    let model = network()
    let graph = try GradientGraph(model.graphs[0])
    let sample = try SampleSet.random(for: model, count: 1, seed: 9).sample(0)
    let memory = graph.makeMemory()
    let target = graph.targets[0]
    graph.forward(memory, sample.map { TensorData($0).elements(Float.self) })
    memory.clearGradients()
    memory.gradient(target)[0] = 1
    memory.gradient(target)[1] = -2
    graph.backward(memory)
    func answer() -> Float {
      graph.prepare(memory)
      graph.forward(memory, sample.map { TensorData($0).elements(Float.self) })
      return memory.value(target)[0] - 2 * memory.value(target)[1]
    }
    for (index, value) in model.graphs[0].values.enumerated()
    where value.isConstant && value.elementType == .float32 {
      let id = ValueID(index)
      let place = memory.value(id).count / 2
      let slope = memory.gradient(id)[place]
      let start = memory.value(id)[place]
      memory.value(id)[place] = start + 1e-2
      let above = answer()
      memory.value(id)[place] = start - 1e-2
      let difference = (above - answer()) / 2e-2
      memory.value(id)[place] = start
      #expect(abs(difference - slope) < 0.03 * max(1, abs(slope)), "value \(index)")
    }
  }

  @Test func unknownOperatorsAreNamed() {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4], .float32)
    let output = graphs.unary(.floor, x)
    let model = graphs.model(outputs: [output])
    #expect(
      throws: GradientGraph.Unsupported(reason: "operator 0 (FLOOR) has no derivative in nnopt")
    ) { try GradientGraph(model.graphs[0]) }
  }
}
