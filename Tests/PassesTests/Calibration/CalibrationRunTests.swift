import Datasets
import Execution
import Foundation
import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct CalibrationRunTests {
  /// x → RELU → y, and x → NEG → z, of four floats.
  private static func model() -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 4], .float32)
    let y = builder.value("y", [1, 4], .float32)
    let z = builder.value("z", [1, 4], .float32)
    builder.node(.relu, [x], [y])
    builder.node(.neg, [x], [z])
    builder.outputs([y, z])
    return Model(graphs: [builder.graph])
  }

  private struct Recording: ActivationAccumulator {
    var samples: [Int] = []
    var activations: [[[Float]]] = []

    mutating func add(sample: Int, _ activations: [[Float]]) {
      samples.append(sample)
      self.activations.append(activations)
    }

    mutating func merge(_ next: Recording) {
      samples += next.samples
      activations += next.activations
    }
  }

  @Test(arguments: [1, 2, 5]) func samplesComeInOrderAtAnyThreadCount(threads: Int) throws {
    let model = Self.model()
    let samples = try SampleSet.random(for: model, count: 37, seed: 3)
    let run = try CalibrationRun(model, samples: samples, threadCount: threads)
    let result = try run.collect([ValueID(2), ValueID(0)], into: Recording())
    #expect(result.samples == Array(0..<37))
    for activations in result.activations {
      #expect(activations[0] == activations[1].map { -$0 })
      #expect(activations[0].count == 4)
    }
  }

  @Test func emptyDataAreRefused() throws {
    let model = Self.model()
    let samples = try SampleSet.random(for: model, count: 3, seed: 3).prefix(0)
    #expect(throws: CalibrationError.empty) { try CalibrationRun(model, samples: samples) }
  }

  @Test func constantDataAreRefused() throws {
    try TemporaryFolder.with { folder in
      let path = folder + "/x.csv"
      try "1,1,1,1\n1,1,1,1\n".write(toFile: path, atomically: true, encoding: .utf8)
      let samples = try SampleSet(Self.model(), files: [.init(path: path)])
      #expect(throws: CalibrationError.constant) { try CalibrationRun(Self.model(), samples: samples) }
    }
  }

  @Test func dataWithNaNAreRefused() throws {
    try TemporaryFolder.with { folder in
      let path = folder + "/x.csv"
      try "1,2,3,4\n1,nan,1,1\n".write(toFile: path, atomically: true, encoding: .utf8)
      let samples = try SampleSet(Self.model(), files: [.init(path: path)])
      let run = try CalibrationRun(Self.model(), samples: samples)
      #expect(throws: CalibrationError.self) { try run.collect([ValueID(0)], into: Recording()) }
    }
  }

  @Test func dataOfAnotherModelAreRefused() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 3], .float32)
    let y = builder.value("y", [1, 3], .float32)
    builder.node(.relu, [x], [y])
    builder.outputs([y])
    let samples = try SampleSet.random(for: Model(graphs: [builder.graph]), count: 2, seed: 1)
    let run = try CalibrationRun(Self.model(), samples: samples)
    #expect(throws: CalibrationError.self) { try run.collect([ValueID(1)], into: Recording()) }
  }

  @Test func activationsThatAreNotFiniteAreRefused() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 4], .float32)
    let y = builder.value("y", [1, 4], .float32)
    builder.node(.log, [x], [y])
    builder.outputs([y])
    let model = Model(graphs: [builder.graph])
    try TemporaryFolder.with { folder in
      let path = folder + "/x.csv"
      try "1,2,3,4\n1,0,1,1\n".write(toFile: path, atomically: true, encoding: .utf8)
      let run = try CalibrationRun(model, samples: SampleSet(model, files: [.init(path: path)]))
      #expect(throws: CalibrationError.notFinite(sample: 1, tensor: "y")) {
        try run.collect([y], into: Recording())
      }
    }
  }
}
