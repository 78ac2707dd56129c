import Datasets
import Execution
import GraphIR
import ModelFiles
import Passes
import Tensors
import Testing

@Suite struct MixedPrecisionTests {
  /// Layers in a row whose numbers are small beside what TANH can give, so that its fixed scale is coarse.
  private func chain() -> Model {
    var builder = RuleModelBuilder([1, 16])
    var generator = SeededRandom(seed: 3)
    let numbers = (0..<256).map { _ in Float.random(in: -0.4...0.4, using: &generator) }
    var x = builder.x
    for layer in 0..<5 {
      let y = builder.value("y\(layer)", [1, 16])
      let operands = [
        x, builder.floats("w\(layer)", [16, 16], Array(numbers[(16 * layer)...] + numbers[..<(16 * layer)])),
        builder.floats("b\(layer)", [16], Array(numbers[layer..<layer + 16])),
      ]
      builder.node(.fullyConnected, 8, operands, [y], "FullyConnectedOptions")
      let z = builder.value("z\(layer)", [1, 16])
      builder.node(.tanh, 0, [y], [z], "")
      x = z
    }
    return builder.finish([x])
  }

  private func quantized(
    _ budget: PreciseBudget?, _ change: (inout QuantizeIntegers.Options) -> Void = { _ in }
  ) throws -> (model: Model, log: PassLog, sqnr: Double) {
    let float = chain()
    var options = QuantizeIntegers.Options()
    options.keepsPrecise = budget
    change(&options)
    var model = float
    var log = PassLog()
    let samples = try SampleSet.random(for: float, count: 24, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    let test = try SampleSet.random(for: float, count: 40, seed: 2)
    let other = try SampleSet.random(for: model, alike: float, count: 40, seed: 2)
    let result = try AccuracyComparison(reference: Interpreter(float), candidate: Interpreter(model))
      .run(test, other)
    return (model, log, result.outputs[0].difference.sqnrDb)
  }

  private func wideNodes(_ model: Model) -> Int {
    let graph = model.graphs[0]
    return graph.nodes.count { node in
      node.code.builtin != .quantize && node.outputs.contains { graph[$0].elementType == .int16 }
    }
  }

  /// Operators get no more bits where the runtime refuses that.
  @Test func whatIsRefusedStaysAtEightBits() throws {
    let refused = try quantized(.operators(9)) {
      $0.keepsFloatPorts = true
      $0.refusalCount = { $0.graphs[0].values.count { value in value.elementType == .int16 } }
    }
    #expect(wideNodes(refused.model) == 0)
  }

  @Test func operatorsAtSixteenBitsBringAnswersNearer() throws {
    let plain = try quantized(nil) { $0.keepsFloatPorts = true }
    let few = try quantized(.operators(4)) { $0.keepsFloatPorts = true }
    let many = try quantized(.operators(9)) { $0.keepsFloatPorts = true }
    #expect(wideNodes(plain.model) == 0)
    #expect((1...4).contains(wideNodes(few.model)))
    #expect(few.sqnr > plain.sqnr + 1)
    #expect(many.sqnr > few.sqnr)
    #expect(few.log.edits.contains { $0.sentence.hasPrefix("kept ") })
    #expect(few.model.graphs[0].nodes.contains { $0.code.builtin == .quantize })
  }

  @Test func filesStayWithinTheirBudget() throws {
    let plain = try ModelFile.serialize(quantized(nil).model).count
    let found = try quantized(.growth(0.2))
    #expect(wideNodes(found.model) > 0)
    #expect(Double(try ModelFile.serialize(found.model).count) < Double(plain) * 1.25)
  }

  @Test func nothingIsSpentOnAnswersThatAreNearEnough() throws {
    let found = try quantized(.decibels(1))
    #expect(wideNodes(found.model) == 0)
    #expect(found.log.refusals.contains { $0.sentence.contains("within the budget") })
  }

  @Test func layersStayFloatWhereThatIsAllowed() throws {
    let found = try quantized(.decibels(90)) {
      $0.allowsFloatFallback = true
      $0.keepsFloatPorts = true
    }
    let graph = found.model.graphs[0]
    #expect(
      graph.nodes.contains {
        $0.code.builtin == .fullyConnected && graph[$0.outputs[0]].elementType == .float32
      })
    let plain = try quantized(nil) { $0.keepsFloatPorts = true }
    #expect(found.sqnr > plain.sqnr + 3)
  }

  @Test func bytesDoNotDependOnThreads() throws {
    let files = try [1, 2].map { threads in
      try ModelFile.serialize(quantized(.growth(0.3)) { $0.threadCount = threads }.model)
    }
    #expect(files[0] == files[1])
  }
}
