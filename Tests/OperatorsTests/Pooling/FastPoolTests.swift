import Tensors
import Testing

@testable import Operators

/// The quick forms of pools against the clear ones, on random shapes.
@Suite struct FastPoolTests {
  @Test(arguments: 0..<40) func bytesAreTheSame(seed: Int) throws {
    var generator = SeededRandom(seed: UInt64(seed))
    let shape = try Self.shape(&generator)
    let input = (0..<shape.inputCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let range: ClosedRange<Int32> = seed % 3 == 0 ? 3...90 : -128...127
    let unsignedRange: ClosedRange<Int32> = seed % 3 == 0 ? 3...200 : 0...255
    let pairs: [(FastPool?, any Kernel)] = [
      (FastPool(shape, .int8(range), isAverage: true), IntegerAveragePool<Int8>(shape: shape, range: range)),
      (FastPool(shape, .int8(range), isAverage: false), IntegerMaxPool<Int8>(shape: shape, range: range)),
      (
        FastPool(shape, .uint8(unsignedRange), isAverage: true),
        IntegerAveragePool<UInt8>(shape: shape, range: unsignedRange)
      ),
      (
        FastPool(shape, .uint8(unsignedRange), isAverage: false),
        IntegerMaxPool<UInt8>(shape: shape, range: unsignedRange)
      ),
    ]
    for (fast, clear) in pairs {
      let expected = try clear.result([input], byteCount: shape.outputCount)
      #expect(try #require(fast).result([input], byteCount: shape.outputCount) == expected)
    }
  }

  @Test(arguments: 0..<40) func floatsAreTheSame(seed: Int) throws {
    var generator = SeededRandom(seed: UInt64(seed))
    let shape = try Self.shape(&generator)
    let input = (0..<shape.inputCount).flatMap { _ in
      let pattern = Float.random(in: -9...9, using: &generator).bitPattern
      return (0..<4).map { UInt8(truncatingIfNeeded: pattern >> ($0 * 8)) }
    }
    let range: ClosedRange<Float> = -5...6
    let pairs: [(FastPool?, any Kernel)] = [
      (FastPool(shape, .float(range), isAverage: true), FloatAveragePool(shape: shape, range: range)),
      (FastPool(shape, .float(range), isAverage: false), FloatMaxPool(shape: shape, range: range)),
    ]
    for (fast, clear) in pairs {
      let expected = try clear.result([input], byteCount: shape.outputCount * 4)
      #expect(try #require(fast).result([input], byteCount: shape.outputCount * 4) == expected)
    }
  }

  private static func shape(_ generator: inout SeededRandom) throws -> PoolShape {
    func window() throws -> Window {
      let taps = Int.random(in: 1...5, using: &generator)
      let stride = Int.random(in: 1...3, using: &generator)
      let input = Int.random(in: 1...9, using: &generator)
      let output = Window.outputSize(input: input, taps: taps, stride: stride, dilation: 1, isSame: true)
      return try Window(input: input, output: output, taps: taps, stride: stride)
    }
    return PoolShape(
      batches: Int.random(in: 1...2, using: &generator), rows: try window(), columns: try window(),
      channels: Int.random(in: 1...40, using: &generator))
  }
}
