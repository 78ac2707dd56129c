import Operators
import Tensors
import Testing

@Suite struct DequantizeTests {
  @Test func halvesAreWidenedExactly() throws {
    let halves = (0...UInt16.max).map { $0 }
    let fixture = KernelFixture(
      Dequantize.self, [.tensor([65536], .float16)], [.tensor([65536])])
    let bytes = halves.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    let floats = TensorData(try fixture.run(bytes)[0]).elements(Float.self)
    for half in halves {
      let expected = Float(Float16(bitPattern: half))
      let float = floats[Int(half)]
      #expect(float == expected || (float.isNaN && expected.isNaN))
      #expect(float.sign == expected.sign)
    }
  }

  @Test func channelsHaveTheirOwnScales() throws {
    var input = KernelFixture.Operand.tensor([2, 2, 2], .int8)
    input.quantization = Quantization(scales: [0.5, 2], zeroPoints: [0, 1], axis: 1)
    let fixture = KernelFixture(Dequantize.self, [input], [.tensor([2, 2, 2])])
    let floats = TensorData(try fixture.run([1, 2, 3, 4, 5, 6, 7, 8])[0]).elements(Float.self)
    #expect(floats == [0.5, 1, 4, 6, 2.5, 3, 12, 14])
  }

  @Test func refusesScalesThatDoNotFit() {
    var input = KernelFixture.Operand.tensor([2, 3], .int8)
    input.quantization = Quantization(scales: [1, 2], zeroPoints: nil, axis: 1)
    let fixture = KernelFixture(Dequantize.self, [input], [.tensor([2, 3])])
    #expect(fixture.refusal == .unsupported("input 0 has 2 scales for axis 1 of 2×3"))
    input.quantization = Quantization(scales: [1, 2], zeroPoints: [0, 0, 0], axis: 0)
    let points = KernelFixture(Dequantize.self, [input], [.tensor([2, 3])])
    #expect(points.refusal == .unsupported("input 0 has 3 zero points for 2 scales"))
  }
}
