import Testing

@testable import Reporting

@Suite struct SVGLabelTests {
  private let name = "net/block_1/conv2d_3/Relu;net/block_1/conv2d_3/BiasAdd"

  @Test(arguments: [
    (60, "net/block_1/conv2d_3/Relu", SVGLabel.Detail.path), (21, "block_1/conv2d_3/Relu", .path),
    (13, "conv2d_3/Relu", .path), (12, "conv2d_3", .layer), (8, "conv2d_3", .layer), (7, "Relu", .operation),
    (4, "Relu", .operation),
  ])
  func takesAsMuchOfTheEndAsFits(limit: Int, text: String, detail: SVGLabel.Detail) throws {
    let label = try #require(SVGLabel(name, limit: limit))
    #expect(label.text == text)
    #expect(label.detail == detail)
  }

  @Test func saysNothingWhereNothingFits() {
    #expect(SVGLabel(name, limit: 3) == nil)
    #expect(SVGLabel("", limit: 30) == nil)
    #expect(SVGLabel(";/", limit: 30) == nil)
    #expect(SVGLabel("StatefulPartitionedCall", limit: 8) == nil)
    #expect(SVGLabel("StatefulPartitionedCall", limit: 9)?.text == "…onedCall")
  }

  @Test func longPathsTakeNoTime() {
    let path = String(repeating: "a/", count: 200_000)
    #expect(SVGLabel(path, limit: 5)?.text == "a/a/a")
  }
}
