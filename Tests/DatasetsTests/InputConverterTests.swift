import GraphIR
import Tensors
import Testing

@testable import Datasets

@Suite struct InputConverterTests {
  private func converter(
    _ type: ElementType, scale: Float? = nil, zeroPoint: Int64 = 0, _ preprocessing: Preprocessing = .none
  ) -> InputConverter {
    let quantization = scale.map { Quantization(scales: [$0], zeroPoints: [zeroPoint]) }
    return InputConverter(
      Value(name: "x", dimensions: [1], elementType: type, quantization: quantization), preprocessing)
  }

  @Test func dataOfTheOwnTypeStayAsTheyAre() throws {
    #expect(try converter(.int8, scale: 0.5).convert([0, 128, 255], .int8) == [0, 128, 255])
    let floats = NumericElements.bytes([0.1, -2] as [Float])
    #expect(try converter(.float32).convert(floats, .float32) == floats)
  }

  @Test func othersAreQuantizedHalvesAwayFromZero() throws {
    let reals = NumericElements.bytes([0.25, -0.25, 0.75, 100, -100] as [Float])
    let result = try converter(.int8, scale: 0.5, zeroPoint: 3).convert(reals, .float32)
    #expect(result.map { Int8(bitPattern: $0) } == [4, 2, 5, 127, -128])
    let wide = try converter(.int16, scale: 1e-4).convert(reals, .float32)
    #expect(NumericElements.integers(wide, .int16) == [2500, -2500, 7500, 32767, -32768])
  }

  @Test func meanAndScaleComeFirst() throws {
    let preprocessing = Preprocessing(mean: 127.5, scale: 1 / 127.5)
    let result = try converter(.int8, scale: 1 / 128, preprocessing).convert([0, 255], .uint8)
    #expect(result.map { Int8(bitPattern: $0) } == [-128, 127])
    let same = try converter(.uint8, scale: 1, Preprocessing(scale: 0.5)).convert([9, 10], .uint8)
    #expect(same == [5, 5])
  }

  @Test func integersWithoutParametersTakeWholeNumbers() throws {
    #expect(
      try converter(.int32).convert(NumericElements.bytes([Int64(-7)]), .int64)
        == NumericElements.bytes([Int32(-7)]))
    #expect(try converter(.int64).convert([1, 0], .bool) == NumericElements.bytes([Int64(1), 0]))
    #expect(try converter(.bool).convert(NumericElements.bytes([1, 0] as [Float]), .float32) == [1, 0])
    let half = InputConverter.Problem(element: 0, reason: "is 0.5; the input takes whole int32 numbers")
    #expect(throws: half) { try converter(.int32).convert(NumericElements.bytes([Float(0.5)]), .float32) }
    let large = InputConverter.Problem(element: 1, reason: "is 300, out of the range of int8")
    #expect(throws: large) { try converter(.int8).convert(NumericElements.bytes([Int16(1), 300]), .int16) }
  }

  @Test(arguments: [ElementType.float32, .int8, .int32]) func whatIsNoNumberIsNamed(type: ElementType) {
    let converter = converter(type, scale: type == .int8 ? 1 : nil)
    let nan = InputConverter.Problem(element: 1, reason: "is NaN; repair the data")
    #expect(throws: nan) { try converter.convert(NumericElements.bytes([0, Float.nan]), .float32) }
    let infinite = InputConverter.Problem(element: 0, reason: "is infinite or too large; repair the data")
    #expect(throws: infinite) { try converter.convert(NumericElements.bytes([1e300]), .float64) }
  }

  @Test func theShareThatIsClampedShowsAWrongRange() {
    let images: [UInt8] = [0, 1, 2, 255]
    #expect(converter(.int8, scale: 1 / 255, zeroPoint: -128).clampedShare(images, .uint8) == 0.5)
    let scaled = converter(.int8, scale: 1 / 255, zeroPoint: -128, Preprocessing(scale: 1 / 255))
    #expect(scaled.clampedShare(images, .uint8) == 0)
  }
}
