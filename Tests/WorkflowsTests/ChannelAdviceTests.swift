import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Workflows

@Suite struct ChannelAdviceTests {
  /// Two dense layers of floats; the first has so many rows of zeros among four.
  private func model(zeroRows: Int) -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 3], .float32)
    let rows = (0..<4).flatMap { row in (0..<3).map { Float(row < zeroRows ? 0 : row + $0 + 1) } }
    let first = builder.constant("w", [4, 3], .float32, bytes: rows.map(\.bitPattern).littleEndianBytes)
    let ones = (0..<8).map { Float($0 + 1).bitPattern }.littleEndianBytes
    let second = builder.constant("v", [2, 4], .float32, bytes: ones)
    let (hidden, output) = (builder.value("h", [1, 4], .float32), builder.value("y", [1, 2], .float32))
    builder.node(.fullyConnected, [x, first], [hidden])
    builder.node(.fullyConnected, [hidden, second], [output])
    builder.outputs([output])
    return Model(graphs: [builder.graph])
  }

  @Test func saysWhatGoes() throws {
    let model = model(zeroRows: 1)
    let advice = try #require(ChannelAdvice(model, ModelSummary(model)))
    #expect(advice.multiplyAccumulates == .init(before: 20, after: 15))
    #expect(advice.constantBytes == .init(before: 80, after: 60))
  }

  @Test func saysNothingWhereAllChannelsVary() {
    let model = model(zeroRows: 0)
    #expect(ChannelAdvice(model, ModelSummary(model)) == nil)
  }
}
