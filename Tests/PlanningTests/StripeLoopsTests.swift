import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Planning

@Suite struct StripeLoopsTests {
  private func model(_ bytes: [UInt8]) -> Model {
    Model(
      graphs: [SampleModels.chain(.neg, .neg).graphs[0]],
      metadata: [.init(name: StripeLoops.metadataName, data: TensorData(bytes))])
  }

  @Test func whatIsWrittenIsRead() {
    let loops = StripeLoops(loops: [
      .init(body: GraphID(2), shared: .init(source: 1, result: 2)), .init(body: GraphID(4), shared: nil),
    ])
    #expect(StripeLoops(model(loops.metadataBytes)) == loops)
  }

  @Test(
    arguments: [[], [1, 0, 0, 0], [2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0], [1, 0, 0]] as [[UInt8]])
  func nonsenseIsNothing(_ bytes: [UInt8]) { #expect(StripeLoops(model(bytes)) == nil) }
}
