import GraphIR
import Planning
import Striping
import Tensors
import Testing

@testable import Passes

@Suite struct StripeWriterTests {
  private func candidates(_ model: Model) -> [StripeCandidate] { StripeTrials.candidates(model) }

  private func striped(_ candidate: StripeCandidate, _ model: Model) -> Model {
    StripeTrials.striped(candidate, model)
  }

  private func expectSameAnswers(_ model: Model, atLeast count: Int) {
    StripeTrials.expectSameAnswers(model, atLeast: count)
  }

  @Test(arguments: [ElementType.int8, .float32], [UInt64(1), 2, 3])
  func chainsGiveTheSameAnswers(_ type: ElementType, _ seed: UInt64) {
    var net = StripeNet(height: 12, width: 7, channels: 3, type, seed: seed)
    net.convolution(4, taps: 3, stride: 2)
    net.convolution(4, taps: 3, isDepthwise: true)
    net.convolution(6, taps: 1)
    net.convolution(5, taps: 3, dilation: seed == 2 ? 2 : 1)
    expectSameAnswers(net.model, atLeast: 20)
  }

  @Test(arguments: [ElementType.int8, .float32]) func shortcutsGiveTheSameAnswers(_ type: ElementType) {
    var net = StripeNet(height: 8, width: 6, channels: 4, type, seed: 4)
    net.convolution(4, taps: 3)
    let shortcut = net.last.value
    net.convolution(4, taps: 3)
    net.convolution(4, taps: 3)
    net.add(shortcut)
    net.convolution(8, taps: 3, stride: 2)
    expectSameAnswers(net.model, atLeast: 10)
  }

  @Test(arguments: [false, true]) func poolsGiveTheSameAnswers(_ isAverage: Bool) {
    var net = StripeNet(height: 16, width: 8, channels: 2, seed: 5)
    net.convolution(4, taps: 5, isSame: false)
    net.pool(2, stride: 2, isAverage: isAverage)
    net.convolution(4, taps: 3)
    expectSameAnswers(net.model, atLeast: 6)
  }

  @Test func aSpoiltTableIsSeen() throws {
    var net = StripeNet(height: 8, width: 6, channels: 4, seed: 6)
    net.convolution(4, taps: 3)
    net.convolution(4, taps: 3)
    let model = net.model
    let candidate = try #require(candidates(model).first { $0.nodes == 0..<2 && $0.plan.rowsPerTurn == 1 })
    let right = striped(candidate, model)
    let body = try #require(right.graphs.indices.last)
    let table = try #require(right.graphs[body].values.firstIndex { $0.name == "s/table" })
    var numbers = right.graphs[body].values[table].data.elements(Int32.self)
    // Without the next turn's counter, which would make it go on forever.
    let width = try #require(StripeTrials.rowWidth(of: numbers))
    var seen = 0
    for place in numbers.indices where place % width % 4 == 1 && place % width + 1 < width {
      let old = numbers[place]
      numbers[place] = old > 0 ? old - 1 : old + 1
      var spoilt = right
      var edit = GraphEdit(of: right.graphs[body])
      edit[ValueID(table)].data = TensorData(
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * Int32($0))) } })
      spoilt.apply(edit, to: GraphID(body))
      if StripeCheck.run(model, spoilt) != .same(samples: 2) { seen += 1 }
      numbers[place] = old
    }
    #expect(seen >= 8)
  }

  @Test func keptRowsThatMoveAreSeen() throws {
    var net = StripeNet(height: 8, width: 6, channels: 4, seed: 7)
    net.convolution(4, taps: 3)
    net.convolution(4, taps: 3)
    let model = net.model
    let candidate = try #require(candidates(model).first { $0.nodes == 0..<2 && $0.plan.rowsPerTurn == 1 })
    var spoilt = striped(candidate, model)
    let body = try #require(spoilt.graphs.indices.last)
    let graph = spoilt.graphs[body]
    let keep = try #require(
      graph.nodes.first { node in graph[node.outputs[0]].name?.hasPrefix("s/keep") ?? false })
    let begin = try #require(keep.inputs[1])
    var edit = GraphEdit(of: graph)
    edit[begin].data = TensorData([UInt8](repeating: 0, count: 16))
    spoilt.apply(edit, to: GraphID(body))
    #expect(StripeCheck.run(model, spoilt) != .same(samples: 2))
  }
}
