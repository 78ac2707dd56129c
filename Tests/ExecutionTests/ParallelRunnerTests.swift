import Datasets
import Foundation
import Tensors
import Testing
import _TestSupport

@testable import Execution

@Suite struct ParallelRunnerTests {
  @Test(arguments: [1, 2, 7]) func resultsComeInTheOrderOfTheSamples(threads: Int) throws {
    let interpreter = try Interpreter(SampleModels.chain(.abs, .neg))
    let samples = try SampleSet.random(for: interpreter.model, count: 50, seed: 1)
    let expected = try (0..<50).map { try Session(interpreter).run(try samples.sample($0)) }
    let results = try ParallelRunner(threadCount: threads).run(interpreter, samples) { index, outputs in
      [[UInt8(index)]] + outputs
    }
    #expect(results.map { $0[0][0] } == (0..<50).map { UInt8($0) })
    #expect(results.map { Array($0.dropFirst()) } == expected)
  }

  @Test func stateIsForgottenUnlessSamplesAreASequence() throws {
    let interpreter = try Interpreter(SampleModels.variable(zeroPoint: 0))
    let samples = try SampleSet.random(for: interpreter.model, count: 3, seed: 1)
    let apart = try ParallelRunner(threadCount: 2).run(interpreter, samples) { $1[0] }
    #expect(apart == [[0, 0], [0, 0], [0, 0]])
    let sequence = try ParallelRunner(isSequence: true).run(interpreter, samples) { $1[0] }
    #expect(sequence == [[0, 0], try samples.sample(0)[0], try samples.sample(1)[0]])
  }

  @Test(arguments: [1, 4]) func theFirstFailureIsReported(threads: Int) {
    #expect(throws: RunError.incomparable("17")) {
      try ParallelRunner(threadCount: threads).map(
        count: 100, makeWorker: {},
        body: { _, index throws(RunError) in
          if index >= 17 { throw .incomparable("\(index)") }
        })
    }
  }

  @Test(arguments: [1, 2, 7]) func resultsAreJoinedInTheirOrder(threads: Int) {
    for count in [1, 2, 30] {
      let joined = ParallelRunner(threadCount: threads).fold(
        count: count, makeWorker: {}, body: { _, index in [index] }, join: { $0 += $1 })
      #expect(joined == Array(0..<count))
    }
  }

  @Test func theFirstFailureOfAFoldIsReported() {
    #expect(throws: RunError.incomparable("17")) {
      try ParallelRunner(threadCount: 4).fold(
        count: 100, makeWorker: {},
        body: { (_: Void, index) throws(RunError) -> Int in
          if index >= 17 { throw .incomparable("\(index)") }
          return index
        }, join: { $0 += $1 })
    }
  }

  @Test func nothingToDo() {
    #expect(
      ParallelRunner().fold(count: 0, makeWorker: {}, body: { _, index in index }, join: { $0 += $1 }) == nil)
    let results = ParallelRunner().map(count: 0, makeWorker: {}, body: { _, index in index })
    #expect(results.isEmpty)
  }
}
