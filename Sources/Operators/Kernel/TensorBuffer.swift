/// The elements of a tensor in an interpreter's memory.
///
/// Every access checks its index. Buffers may overlap, as tensors in a planned arena may: reads and
/// writes happen in program order. The memory belongs to the interpreter, which keeps it alive and in
/// place while a kernel runs.
@safe
package struct TensorBuffer<Element: BitwiseCopyable> {
  private let base: UnsafeMutablePointer<Element>
  package let count: Int

  /// - Precondition: `base` points to `count` elements and is aligned for them.
  @unsafe
  package init(base: UnsafeMutablePointer<Element>, count: Int) {
    unsafe self.base = unsafe base
    self.count = count
  }

  @inline(__always)
  package subscript(index: Int) -> Element {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      return unsafe base[index]
    }
    nonmutating set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      unsafe base[index] = newValue
    }
  }

  @inline(__always)
  package var indices: Range<Int> { 0..<count }

  /// The elements as a span for inner loops that check their ranges once.
  @inline(__always)
  package func withSpan<Result>(_ body: (Span<Element>) -> Result) -> Result {
    body(unsafe Span(_unsafeStart: UnsafePointer(base), count: count))
  }

  /// The elements as memory, for C kernels.
  @unsafe
  @inline(__always)
  package var pointer: UnsafeMutablePointer<Element> { unsafe base }

  /// Sets every element.
  package func fill(_ element: Element) {
    unsafe base.update(repeating: element, count: count)
  }

  /// Copies elements, as `memmove` does: the ranges may overlap. Nothing moves where they are the same.
  ///
  /// - Precondition: both ranges lie within their buffers.
  package func copy(from source: TensorBuffer, _ range: Range<Int>, to start: Int) {
    precondition(range.lowerBound >= 0 && range.upperBound <= source.count, "source out of range")
    precondition(start >= 0 && start + range.count <= count, "target out of range")
    let from = unsafe source.base + range.lowerBound
    guard unsafe from != base + start else { return }
    unsafe (base + start).update(from: from, count: range.count)
  }

  /// The elements as an array of their own.
  package func array() -> [Element] {
    unsafe Array(UnsafeBufferPointer(start: base, count: count))
  }

  /// Puts the elements behind those of an array.
  package func append(to array: inout [Element]) {
    unsafe array.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
  }

  /// Sets the first elements to those of an array.
  ///
  /// - Precondition: the array has the range, and the buffer as many places.
  package func assign(_ elements: [Element], _ range: Range<Int>) {
    precondition(range.count <= count, "\(range.count) elements for \(count) places")
    unsafe elements[range].withUnsafeBufferPointer { source in
      if let start = source.baseAddress { unsafe base.update(from: start, count: source.count) }
    }
  }

  /// Sets all elements to those of an array.
  ///
  /// - Precondition: the array has as many.
  package func assign(_ elements: [Element]) {
    precondition(elements.count == count, "\(elements.count) elements for \(count) places")
    unsafe elements.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { unsafe base.update(from: start, count: count) }
    }
  }
}
