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

  @Test func unknownTablesKeepTheirNumbers() {
    let record = Record("", [.init(name: "padding", value: .integer(1))])
    #expect(OptionText.text(of: record.fields[0], in: record) == "padding=1")
  }
}
