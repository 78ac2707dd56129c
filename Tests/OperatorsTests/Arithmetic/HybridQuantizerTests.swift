import Operators
import Tensors
import Testing

@Suite struct HybridQuantizerTests {
  private func quantize(
    _ numbers: [Float], isAsymmetric: Bool
  ) -> (HybridQuantizer.Parameters, [Int8]) {
    let source = Memory([UInt8](repeating: 0, count: numbers.count * 4), .float32)
    let target = Memory([UInt8](repeating: 0, count: numbers.count), .int8)
    return withExtendedLifetime((source, target)) {
      source.memory.elements(Float.self).assign(numbers)
      let quantized = target.memory.elements(Int8.self)
      let parameters = HybridQuantizer(isAsymmetric: isAsymmetric).quantize(
        source.memory.elements(Float.self), 0..<numbers.count, into: quantized)
      return (parameters, quantized.array())
    }
  }

  @Test func theLargestMagnitudeBecomes127() {
    let (parameters, numbers) = quantize([-2, 0.5, 1], isAsymmetric: false)
    #expect(parameters == .init(scale: 2 / 127, offset: 0))
    #expect(numbers == [-127, 32, 64])
  }

  @Test func theWholeRangeIsUsedWithAZeroPoint() {
    let (parameters, numbers) = quantize([0, 1, 255], isAsymmetric: true)
    #expect(parameters == .init(scale: 1, offset: -128))
    #expect(numbers == [-128, -127, 127])
  }

  @Test func numbersAreRoundedBeforeTheOffsetIsAdded() {
    #expect(quantize([0, 24.500002, 33.5, 255], isAsymmetric: true).1 == [-128, -103, -94, 127])
  }

  @Test(arguments: [false, true]) func zerosAndWhatIsNoNumberStayHarmless(isAsymmetric: Bool) {
    #expect(quantize([0, 0], isAsymmetric: isAsymmetric).0 == .init(scale: 1, offset: 0))
    #expect(quantize([0, 0], isAsymmetric: isAsymmetric).1 == [0, 0])
    for strange: [Float] in [[.nan, 1], [.infinity, -.infinity], [-.infinity, 0]] {
      _ = quantize(strange, isAsymmetric: isAsymmetric)
    }
  }
}
