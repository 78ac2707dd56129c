import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

@Suite struct AnswerLossTests {
  private static let forms: [AnswerForm] = [
    .numbers, .chances, .classes(count: 6, beta: 1), .classes(count: 3, beta: 1),
    .classes(count: 2, beta: 0.5),
  ]

  private func numbers(_ seed: UInt64, scale: Float = 3) -> [Float] {
    var words = SeededRandom(seed: seed)
    return (0..<6).map { _ in Float.random(in: -scale...scale, using: &words) }
  }

  @Test(arguments: forms) func slopesAreDifferences(form: AnswerForm) {
    let loss = AnswerLoss(form: form, weight: 0.05, targetCount: 2)
    for seed in 0..<20 {
      let (own, wanted) = (numbers(UInt64(seed)), numbers(UInt64(seed) + 100))
      let slopes = loss.slopes(own, from: wanted[...])
      for index in own.indices {
        var (above, below) = (own, own)
        above[index] += 1 / 64
        below[index] -= 1 / 64
        let difference = 32 * (loss.loss(above, from: wanted[...]) - loss.loss(below, from: wanted[...]))
        #expect(abs(difference - Double(slopes[index])) < 1e-3 * max(1, abs(difference)))
      }
    }
  }

  @Test(arguments: forms) func equalAnswersLoseNothing(form: AnswerForm) {
    let loss = AnswerLoss(form: form, weight: 0.05, targetCount: 1)
    let own = numbers(7)
    #expect(abs(loss.loss(own, from: own[...])) < 1e-12)
    #expect(loss.slopes(own, from: own[...]).allSatisfy { abs($0) < 1e-6 })
    #expect(loss.loss(own, from: numbers(8)[...]) > 0)
  }

  /// What no answer should hold ends in a number or in none, not in a trap.
  @Test(arguments: forms) func farAnswersAreNoTrap(form: AnswerForm) {
    let loss = AnswerLoss(form: form, weight: 0.05, targetCount: 1)
    for far in [Float(1e30), -1e30, 1e4, -1e4, .infinity, .nan] {
      var own = numbers(3)
      own[2] = far
      _ = loss.slopes(own, from: numbers(4)[...])
      _ = loss.loss(own, from: numbers(4)[...])
      let back = loss.loss(numbers(4), from: own[...])
      #expect(back >= 0 || back.isNaN)
    }
  }

  /// Of two answers as far from the wanted one, the one that names another class loses more.
  @Test func anotherClassLosesMore() {
    let loss = AnswerLoss(form: .classes(count: 6, beta: 1), weight: 0.05, targetCount: 1)
    let wanted: [Float] = [2, 1.5, -3, -4, -5, -6]
    #expect(
      loss.loss([1.4, 2.1, -3, -4, -5, -6], from: wanted[...])
        > loss.loss([2, 1.5, -3, -4, -5.6, -5.4], from: wanted[...]))
  }

  @Test func formsAreReadFromTheLastOperators() throws {
    var graphs = FloatGraphs(seed: 3)
    let x = graphs.builder.input("x", [1, 4], .float32)
    let hidden = graphs.unary(.relu, graphs.dense(x, outputs: 8))
    let outputs = [
      graphs.dense(hidden, outputs: 3), graphs.unary(.logistic, graphs.dense(hidden, outputs: 2)),
      graphs.unary(.softmax, graphs.dense(hidden, outputs: 5)),
    ]
    let graph = try GradientGraph(graphs.model(outputs: outputs).graphs[0])
    #expect(graph.forms.count == 3)
    #expect(graph.forms[0] == .numbers)
    #expect(graph.forms[1] == .chances)
    guard case .classes(count: 5, _) = graph.forms[2] else {
      Issue.record("\(graph.forms[2])")
      return
    }
  }
}
