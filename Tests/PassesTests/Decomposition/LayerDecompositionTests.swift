import Datasets
import Execution
import ModelFiles
import Operators
import Tensors
import Testing

@testable import GraphIR
@testable import Passes

@Suite struct LayerDecompositionTests {
  private func decompose(
    _ model: Model, _ options: LayerDecomposition.Options
  ) throws -> (Model, PassLog) {
    var result = model
    var log = PassLog()
    let samples = try SampleSet.random(for: model, count: 40, seed: 5)
    try LayerDecomposition(options, calibration: samples).run(on: &result, log: &log)
    return (result, log)
  }

  private func difference(_ left: Model, _ right: Model) throws -> Float {
    let samples = try SampleSet.random(for: left, count: 5, seed: 77)
    let (first, second) = (Session(try Interpreter(left)), Session(try Interpreter(right)))
    var largest: Float = 0
    for index in 0..<samples.count {
      let sample = try samples.sample(index)
      let (a, b) = (try first.run(sample)[0], try second.run(sample)[0])
      for (x, y) in zip(TensorData(a).elements(Float.self), TensorData(b).elements(Float.self)) {
        largest = max(largest, abs(x - y))
      }
    }
    return largest
  }

  /// A product of two seeded matrices.
  private func lowRank(_ rows: Int, _ columns: Int, rank: Int, seed: UInt64) -> [Float] {
    var generator = SeededRandom(seed: seed)
    let left = (0..<rows * rank).map { _ in Double.random(in: -1...1, using: &generator) }
    let right = (0..<rank * columns).map { _ in Double.random(in: -1...1, using: &generator) }
    let product =
      Matrix(rows: rows, columns: rank, elements: left)
      * Matrix(rows: rank, columns: columns, elements: right)
    return product.elements.map { Float($0) }
  }

  @Test(arguments: [LayerDecomposition.Goal.multiplyAccumulates, .bytes])
  func layersOfLowRankAreFoundExactly(goal: LayerDecomposition.Goal) throws {
    var graphs = FloatGraphs(seed: 3)
    let x = graphs.builder.input("x", [1, 6, 6, 3], .float32)
    let a = graphs.convolution(
      x, outputs: 12, taps: 3, activation: 1, weights: lowRank(12, 27, rank: 2, seed: 1))
    let output = graphs.dense(graphs.mean(a), outputs: 12, weights: lowRank(12, 12, rank: 3, seed: 2))
    let model = graphs.model(outputs: [output])
    let (result, log) = try decompose(model, .init(errorBudget: 1e-6, goal: goal, epochs: 0))
    try GraphVerifier().verify(result)
    #expect(result.graphs[0].nodes.count == 5)
    #expect(try difference(model, result) < 1e-2)
    #expect(
      ChannelPruning.multiplyAccumulates(of: result) < ChannelPruning.multiplyAccumulates(of: model))
    let read = try ModelFile.parse(ModelFile.serialize(result), name: "decomposed")
    #expect(try difference(result, read) == 0)
    #expect(log.edits.contains { $0.sentence.contains("two layers through 2 channels") })
  }

  @Test(arguments: [
    LayerFactors.Form.depthwise(multiplier: 1), .separable(rank: 1), .narrow(rank: 1),
  ])
  func formsComputeTheirProduct(form: LayerFactors.Form) throws {
    var graphs = FloatGraphs(seed: 6)
    let x = graphs.builder.input("x", [1, 5, 6, 2], .float32)
    let output = graphs.convolution(x, outputs: 4, taps: 3, activation: 1)
    let model = graphs.model(outputs: [output])
    let graph = model.graphs[0]
    let layer = try #require(LinearLayer(NodeID(0), in: graph))
    var moments = NormalEquations(inputCount: layer.rowLength, outputCount: 0)
    var generator = SeededRandom(seed: 9)
    var rows: [Double] = []
    for _ in 0..<100 {
      rows += (0..<layer.rowLength).map { _ in Double.random(in: -1...1, using: &generator) } + [1]
    }
    moments.add(
      Matrix(rows: 100, columns: layer.rowLength + 1, elements: rows), Matrix(rows: 100, columns: 0))
    let search = FactorSearch(layer, in: graph, moments, importance: [1, 1, 1, 1])
    let found: LayerFactors? =
      switch form {
      case .depthwise(let multiplier): search.depthwise(multiplier: multiplier)
      case .separable(let rank): search.separable(rank: rank)
      case .narrow: search.narrow(limit: .infinity)
      }
    let factors = try #require(found)
    #expect(factors.form == form)
    var split = model
    var edit = GraphEdit(of: graph)
    FactorReplacement.make(factors, for: layer, in: &edit)
    split.apply(edit, to: GraphID(0))
    try GraphVerifier().verify(split)
    var product = layer.matrix(in: graph)
    for row in 0..<layer.rowLength {
      for column in 0..<4 { product[row, column] = factors.product[row, column] }
    }
    for column in 0..<4 { product[layer.rowLength, column] = Double(factors.bias[column]) }
    var whole = model
    edit = GraphEdit(of: graph)
    layer.store(product, in: &edit)
    whole.apply(edit, to: GraphID(0))
    #expect(try difference(whole, split) < 1e-4)
    let costs = split.graphs[0].nodes.map { Registry.multiplyAccumulates(of: $0, in: split.graphs[0]) }
    #expect(costs.reduce(0, +) == factors.multiplyAccumulates)
  }

  @Test func whatCannotBeSplitSaysWhy() throws {
    var graphs = FloatGraphs(seed: 3)
    let x = graphs.builder.input("x", [1, 4, 4, 3], .float32)
    let output = graphs.dense(graphs.mean(graphs.convolution(x, outputs: 8)), outputs: 3)
    let model = graphs.model(outputs: [output])
    let (result, log) = try decompose(model, .init(errorBudget: 1e-9))
    #expect(try ModelFile.serialize(result) == ModelFile.serialize(model))
    #expect(log.refusals.map(\.place) == ["operator 0 (CONV_2D)", "operator 2 (FULLY_CONNECTED)"])
    #expect(log.refusals.allSatisfy { $0.sentence.contains("no two layers are cheaper") })
  }

  @Test func badBudgetsAndQuantizedModelsAreRefused() throws {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4, 4, 3], .float32)
    let output = graphs.convolution(x, outputs: 8)
    var model = graphs.model(outputs: [output])
    #expect(throws: PassError.self) { try decompose(model, .init(errorBudget: 0)) }
    #expect(throws: PassError.self) { try decompose(model, .init(errorBudget: .nan)) }
    model.graphs[0].values[1].elementType = .float16
    #expect(throws: PassError.self) { try decompose(model, .init()) }
  }
}
