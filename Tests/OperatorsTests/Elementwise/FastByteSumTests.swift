import Tensors
import Testing

@testable import Operators

/// The quick form of quantized sums against the clear one, on every pair of bytes.
@Suite struct FastByteSumTests {
  @Test(arguments: [(0.1, 0.1, 0.1), (0.5, 0.013, 0.25), (0.004, 0.7, 1.3), (1.0, 0.5, 0.75)])
  func allPairsAreTheSame(left: Float, right: Float, output: Float) throws {
    let bytes = [UInt8](0...255)
    let first = bytes.flatMap { _ in bytes }
    let second = bytes.flatMap { [UInt8](repeating: $0, count: 256) }
    for type in [ElementType.int8, .uint8] {
      for operation in [Add.self, Sub.self] as [any Operator.Type] {
        func fixture(_ dimensions: [Int32]) -> KernelFixture {
          KernelFixture(
            operation,
            [.tensor(dimensions, type).quantized(left, 3), .tensor([65536], type).quantized(right, 7)],
            [.tensor(dimensions.count == 2 ? [1, 65536] : [65536], type).quantized(output, 1)])
        }
        let quick = try fixture([65536]).run(first, second)
        let clear = try fixture([1, 65536]).run(first, second)
        #expect(quick == clear)
      }
    }
  }
}
