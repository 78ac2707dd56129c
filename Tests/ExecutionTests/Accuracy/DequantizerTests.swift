import GraphIR
import Tensors
import Testing

@testable import Execution

@Suite struct DequantizerTests {
  private func floats(
    _ type: ElementType, _ dimensions: [Int32], _ quantization: Quantization?, _ bytes: [UInt8]
  )
    -> [Float]?
  {
    let value = Value(name: "x", dimensions: dimensions, elementType: type, quantization: quantization)
    return Dequantizer(value)?.floats(bytes)
  }

  @Test func oneScaleForAll() {
    let quantization = Quantization(scales: [0.5], zeroPoints: [-1])
    #expect(floats(.int8, [2], quantization, [1, 255]) == [1, 0])
    #expect(floats(.int8, [2], nil, [1, 255]) == [1, -1])
  }

  @Test func scalesAlongAnAxis() {
    let quantization = Quantization(scales: [1, 10], zeroPoints: [0, 1], axis: 0)
    #expect(floats(.uint8, [2, 3], quantization, [1, 2, 3, 4, 5, 6]) == [1, 2, 3, 30, 40, 50])
    let last = Quantization(scales: [1, 10], zeroPoints: [0], axis: 1)
    #expect(floats(.uint8, [2, 2], last, [1, 2, 3, 4]) == [1, 20, 3, 40])
  }

  @Test func typesWithoutNumbersHaveNone() {
    #expect(floats(.string, [1], nil, []) == nil)
    #expect(floats(.int4, [2], nil, [0]) == nil)
  }
}
