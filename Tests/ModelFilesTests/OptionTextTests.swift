import GraphIR
import ModelFiles
import Testing

@Suite struct OptionTextTests {
  @Test func enumerationsHaveNames() {
    let record = Record(
      "Conv2DOptions",
      [
        .init(name: "padding", value: .integer(0)), .init(name: "padding", value: .integer(1)),
        .init(name: "stride_w", value: .integer(1)),
        .init(name: "fused_activation_function", value: .integer(1)),
        .init(name: "fused_activation_function", value: .integer(99)),
      ])
    #expect(
      record.fields.map { OptionText.text(of: $0, in: record) } == [
        "padding=SAME", "padding=VALID", "stride_w=1", "fused_activation_function=RELU",
        "fused_activation_function=99",
      ])
  }

  private func brief(_ table: String, _ fields: [(String, Int64)]) -> String {
    OptionText.brief(Record(table, fields.map { Record.Field(name: $0.0, value: .integer($0.1)) }))
  }

  /// Padding is said even where the file leaves out the default.
  @Test func briefOptionsAreAsPeopleSayThem() {
    #expect(brief("Conv2DOptions", [("stride_w", 2), ("stride_h", 1)]) == "SAME stride 1×2")
    #expect(
      brief(
        "DepthwiseConv2DOptions",
        [
          ("padding", 1), ("stride_w", 1), ("stride_h", 1), ("depth_multiplier", 1),
          ("fused_activation_function", 3), ("dilation_w_factor", 2), ("dilation_h_factor", 2),
        ]) == "VALID dilation 2×2 RELU6")
    #expect(
      brief("Pool2DOptions", [("filter_width", 1), ("filter_height", 1), ("fused_activation_function", 99)])
        == "SAME filter 1×1 fused_activation_function=99")
    #expect(brief("DepthwiseConv2DOptions", [("depth_multiplier", 8)]) == "SAME depth_multiplier=8")
    #expect(brief("ConcatenationOptions", [("axis", 3)]) == "axis=3")
    #expect(brief("ReshapeOptions", []) == "")
  }

  @Test func unknownTablesKeepTheirNumbers() {
    let record = Record("", [.init(name: "padding", value: .integer(1))])
    #expect(OptionText.text(of: record.fields[0], in: record) == "padding=1")
  }
}
