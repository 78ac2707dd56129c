import Datasets
import GraphIR
import Tensors
import Testing

@testable import Passes

@Suite struct CalibrationObservationTests {
  @Test func whatIsComputedIsObservedAndConstantsAreNot() throws {
    let rule = try #require(RuleModel.all.first { $0.name == "CONV_2D" })
    let graph = rule.model.graphs[0]
    let samples = try SampleSet.random(for: rule.model, count: 3, seed: 1)
    let observation = try CalibrationObservation(
      rule.model, JoinedGraph(rule.model), samples, recurrent: [], isSequence: false, threadCount: 1)
    #expect(observation.statistics.count == graph.values.count)
    #expect(graph.values.contains { $0.isConstant })
    for (value, statistics) in zip(graph.values, observation.statistics) {
      #expect(statistics.kept.isEmpty == value.isConstant, "\(value.name ?? "")")
    }
  }
}
