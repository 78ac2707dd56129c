import GraphIR
import Operators
import Tensors

/// A tensor with the size that it has now, in memory of its own.
@safe
final class OpenTensor {
  private let base: UnsafeMutableRawPointer
  let memory: TensorMemory
  let dimensions: [Int32]

  /// - Parameter byteCount: of a dense tensor of these dimensions.
  init(_ dimensions: [Int32], _ type: ElementType, byteCount: Int) {
    unsafe base = .allocate(byteCount: max(byteCount, 1), alignment: Interpreter.alignment)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: max(byteCount, 1))
    memory = unsafe TensorMemory(base: base, byteCount: byteCount, elementType: type)
    self.dimensions = dimensions
  }

  /// A value of a graph as it is declared: a constant, or zeros.
  convenience init(_ value: Value) {
    self.init(
      value.dimensions ?? [], value.elementType, byteCount: max(value.data.byteCount, value.byteCount))
    if value.isConstant { memory.elements(UInt8.self).assign(Array(value.data.bytes)) }
  }

  deinit { unsafe base.deallocate() }

  var bytes: [UInt8] { memory.elements(UInt8.self).array() }
}
