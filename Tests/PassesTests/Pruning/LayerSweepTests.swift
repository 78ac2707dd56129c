import Datasets
import Execution
import GraphIR
import Testing

@testable import Passes

@Suite struct LayerSweepTests {
  private struct Failure: Error, Equatable {
    let start: Int
  }

  private func sweep() throws -> (sweep: LayerSweep, output: ValueID) {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4], .float32)
    let output = graphs.unary(.relu, x)
    let model = graphs.model(outputs: [output])
    let samples = try SampleSet.random(for: model, count: 8, seed: 1)
    let sweep = try LayerSweep(
      model.graphs[0], samples, count: 8, runner: ParallelRunner(threadCount: 2), pass: "test")
    return (sweep, output)
  }

  @Test func partsCoverTheSamples() throws {
    #expect(try sweep().sweep.parts { $0 } == [0..<2, 2..<4, 4..<6, 6..<8])
  }

  @Test func theErrorOfTheFirstPartIsThrown() throws {
    let sweep = try sweep().sweep
    #expect(throws: Failure(start: 2)) {
      try sweep.parts { samples throws(Failure) in
        if samples.lowerBound >= 2 { throw Failure(start: samples.lowerBound) }
      }
    }
  }

  @Test func whatIsNotComputedYetCannotBeRead() throws {
    let (sweep, output) = try sweep()
    #expect(
      throws: PassError(
        pass: "test", place: "tensor \(output.index)", reason: "it is read before it is computed")
    ) { try sweep.floats(output, sample: 0) }
  }
}
