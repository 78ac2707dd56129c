import Datasets
import Execution
import Foundation
import GraphIR
import ModelFiles
import Testing
import _TestSupport

@testable import Passes

/// Recurrent nets in every form become integer ones that answer nearly as the float ones do.
@Suite struct QuantizeRecurrentTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let net: RecurrentNet
    let scheme: QuantizeIntegers.Scheme

    var testDescription: String {
      "\(net.cell)-\(net.form)-\(net.returnsSequences ? "all" : "last")-\(net.isBidirectional ? "both" : "one")"
        + "-\(scheme)"
    }
  }

  static let cases: [Case] = RecurrentNet.Cell.allCases.flatMap { cell in
    RecurrentNet.Form.allCases.filter { $0 != .fused || cell == .lstm }.flatMap { form in
      [false, true].flatMap { all in
        [false, true].flatMap { both in
          QuantizeIntegers.Scheme.allCases.map { scheme in
            var net = RecurrentNet(cell, form)
            (net.returnsSequences, net.isBidirectional) = (all, both)
            (net.steps, net.features, net.units) = (12, 8, 8)
            (net.hasHead, net.gain) = (!all && !both, 1)
            return Case(net: net, scheme: scheme)
          }
        }
      }
    }
  }

  @Test(arguments: cases) func everyFormBecomesInteger(_ item: Case) throws {
    let float = item.net.model()
    let samples = try SampleSet.random(for: float, count: 32, seed: 1)
    var model = float
    var log = PassLog()
    try CleanUp(mergesConstants: false).run(on: &model, log: &log)
    var options = QuantizeIntegers.Options()
    options.scheme = item.scheme
    try QuantizeIntegers(samples: samples, options: options).run(on: &model, log: &log)
    try CleanUp().run(on: &model, log: &log)
    let read = try ModelFile.parse(ModelFile.serialize(model), name: "quantized")
    #expect(!read.graphs.contains { graph in graph.values.contains { $0.elementType == .float32 } })
    let test = try SampleSet.random(for: float, alike: read, count: 24, seed: 2)
    let other = try SampleSet.random(for: read, alike: float, count: 24, seed: 2)
    let result = try AccuracyComparison(reference: Interpreter(float), candidate: Interpreter(read))
      .run(test, other, runner: ParallelRunner())
    let sqnr = result.outputs[0].difference.sqnrDb
    #expect(sqnr > (item.scheme == .int8 ? 30 : 35), "\(sqnr)")
    guard let folder = ProcessInfo.processInfo.environment["NNOPT_QUANTIZED"] else { return }
    print("SQNR", item.testDescription, sqnr)
    try ModelFile.write(float, to: "\(folder)/\(item.testDescription)-before.tflite")
    try ModelFile.write(read, to: "\(folder)/\(item.testDescription)-after.tflite")
  }
}
