import Datasets
import GraphIR
import ModelFiles
import Tensors
import Testing

@testable import Passes

@Suite struct QuantizationWorkTests {
  /// Trials of a search leave out what the finished model gets: the last layers' biases corrected by all samples.
  @Test func onlyTrialsLeaveOutTheCorrectionOfOutputs() throws {
    var builder = RuleModelBuilder([1, 16])
    var random = SeededRandom(seed: 4)
    let weights = (0..<256).map { _ in Float.random(in: -1...1, using: &random) }
    let output = builder.value("y", [1, 16])
    let operands = [builder.x, builder.floats("w", [16, 16], weights), builder.floats("b", [16])]
    builder.node(.fullyConnected, 8, operands, [output], "FullyConnectedOptions")
    let model = builder.finish([output])
    var options = QuantizeIntegers.Options()
    options.correctsBias = true
    let samples = try SampleSet.random(for: model, count: 8, seed: 1)
    let precisions = NodePrecisions(JoinedGraph(model), options, variables: VariableUses(model))
    let work = try QuantizationWork(model, samples, options, precisions)
    let finished = try ModelFile.serialize(work.quantized(precisions))
    #expect(try finished == ModelFile.serialize(work.quantized(precisions, isFinal: true)))
    #expect(try finished != ModelFile.serialize(work.quantized(precisions, isFinal: false)))
  }
}
