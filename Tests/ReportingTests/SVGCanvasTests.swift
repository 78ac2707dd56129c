import Testing

@testable import Reporting

@Suite struct SVGCanvasTests {
  @Test(arguments: [
    (0.0, "0"), (1.0, "1"), (1.5, "1.5"), (1.25, "1.25"), (1.204, "1.2"), (-0.001, "0"), (-2.05, "-2.05"),
    (1.999, "2"), (.nan, "0"), (.infinity, "0"), (12345.678, "12345.68"),
  ])
  func numbers(value: Double, expected: String) {
    #expect(SVGCanvas.number(value) == expected)
  }

  @Test func textIsEscaped() {
    var canvas = SVGCanvas()
    canvas.text("a<b", x: 1, y: 2.5, style: "label", anchor: .middle, isUpright: true)
    #expect(
      canvas.elements == [
        "<text class=\"label\" x=\"1\" y=\"2.5\" text-anchor=\"middle\" transform=\"rotate(-90 1 2.5)\">"
          + "a&lt;b</text>"
      ])
  }
}
