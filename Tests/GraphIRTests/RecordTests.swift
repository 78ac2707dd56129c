import GraphIR
import Testing

@Suite struct RecordTests {
  @Test func absentFieldsGiveTheDefault() {
    let record = Record("Conv2DOptions")
    #expect(record.integer("dilation_w_factor", default: 1) == 1)
    #expect(record.bool("keep_dims") == false)
    #expect(record.real("beta", default: 0.5) == 0.5)
    #expect(record.integers("new_shape").isEmpty)
    #expect(record.string("shared_name").isEmpty)
  }

  @Test func assigningAddsReplacesAndRemoves() {
    var record = Record("PackOptions")
    record["axis"] = .integer(1)
    record["axis"] = .integer(2)
    #expect(record.integer("axis") == 2)
    #expect(record.fields.count == 1)
    record["axis"] = nil
    #expect(record.fields.isEmpty)
  }

  @Test func byteVectorsReadAsIntegers() {
    let record = Record("X", [.init(name: "values", value: .bytes([1, 255]))])
    #expect(record.integers("values") == [1, 255])
  }
}
