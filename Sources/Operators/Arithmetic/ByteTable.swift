/// A function of 8-bit integers as a table: one element for every bit pattern.
@safe
package struct ByteTable<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let elements: UnsafePointer<Element>
  private let storage: Storage

  /// Computes the elements for all values of an 8-bit type.
  package init<Input: FixedWidthInteger>(_ type: Input.Type, _ function: (Input) -> Element) {
    storage = Storage { function(Input(truncatingIfNeeded: $0)) }
    unsafe elements = UnsafePointer(storage.base)
  }

  /// The element for a value: every bit pattern has one, so that there is nothing to check.
  @inline(__always)
  package subscript<Input: FixedWidthInteger>(value: Input) -> Element {
    unsafe elements[Int(UInt8(truncatingIfNeeded: value))]
  }

  /// 256 elements in a place of their own; never written after initialization.
  @safe
  private final class Storage: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>

    init(_ function: (UInt8) -> Element) {
      unsafe base = UnsafeMutablePointer.allocate(capacity: 256)
      for byte in UInt8.min...UInt8.max { unsafe (base + Int(byte)).initialize(to: function(byte)) }
    }

    deinit { unsafe base.deallocate() }
  }
}
