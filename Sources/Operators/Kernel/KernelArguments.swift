package import Tensors

/// A tensor's memory as a kernel gets it.
@safe
package struct TensorMemory {
  private let base: UnsafeMutableRawPointer
  package let byteCount: Int
  package let elementType: ElementType

  /// - Precondition: `base` points to `byteCount` bytes and is aligned for the element type.
  @unsafe
  package init(base: UnsafeMutableRawPointer, byteCount: Int, elementType: ElementType) {
    unsafe self.base = unsafe base
    self.byteCount = byteCount
    self.elementType = elementType
  }

  /// The memory as elements of a Swift type; a kernel has checked the tensor's element type before.
  @inline(__always)
  package func elements<Element: BitwiseCopyable>(_ type: Element.Type) -> TensorBuffer<Element> {
    let count = byteCount / MemoryLayout<Element>.stride
    return unsafe TensorBuffer(base: base.assumingMemoryBound(to: type), count: count)
  }

  /// The memory behind an offset as elements of a Swift type.
  ///
  /// - Precondition: the offset lies within the memory and is aligned for the type.
  @inline(__always)
  package func elements<Element: BitwiseCopyable>(
    _ type: Element.Type, from byteOffset: Int
  ) -> TensorBuffer<Element> {
    precondition(byteOffset >= 0 && byteOffset <= byteCount, "offset out of range")
    let count = (byteCount - byteOffset) / MemoryLayout<Element>.stride
    return unsafe TensorBuffer(base: (base + byteOffset).assumingMemoryBound(to: type), count: count)
  }
}

/// The operands of one invocation of a kernel.
package struct KernelArguments {
  /// nil where an optional input is absent.
  package let inputs: [TensorMemory?]
  package let outputs: [TensorMemory]
  /// Bytes that only this invocation uses: `Kernel.scratchByteCount` of them, aligned to 64.
  package let scratch: TensorMemory
  /// Bytes that the session keeps for the node: `Kernel.stateByteCount` of them, aligned to 64.
  package let state: TensorMemory

  /// - Parameter state: may be left out for a kernel that keeps nothing.
  package init(
    inputs: [TensorMemory?], outputs: [TensorMemory], scratch: TensorMemory, state: TensorMemory? = nil
  ) {
    self.inputs = inputs
    self.outputs = outputs
    self.scratch = scratch
    self.state = state ?? scratch
  }

  /// The elements of an input that the kernel's preparation found present.
  @inline(__always)
  package func input<Element: BitwiseCopyable>(
    _ position: Int, _ type: Element.Type
  ) -> TensorBuffer<Element> {
    guard let memory = inputs[position] else { preconditionFailure("input \(position) is absent") }
    return memory.elements(type)
  }

  /// The elements of an optional input, or nil where it is absent.
  @inline(__always)
  package func optionalInput<Element: BitwiseCopyable>(
    _ position: Int, _ type: Element.Type
  ) -> TensorBuffer<Element>? {
    inputs.indices.contains(position) ? inputs[position]?.elements(type) : nil
  }

  @inline(__always)
  package func output<Element: BitwiseCopyable>(
    _ position: Int, _ type: Element.Type
  ) -> TensorBuffer<Element> {
    outputs[position].elements(type)
  }
}
