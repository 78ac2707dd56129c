package import Tensors

/// Little-endian elements of any numeric type as Swift numbers.
package enum NumericElements {
  /// The elements as float32; nil for a type that holds no real numbers.
  package static func floats(_ bytes: [UInt8], _ type: ElementType) -> [Float]? {
    switch type {
    case .float32: map(bytes) { (element: Float) in element }
    case .float16: map(bytes) { (element: Float16) in Float(element) }
    case .float64: map(bytes) { (element: Double) in Float(element) }
    case .bool, .uint8: map(bytes) { (element: UInt8) in Float(element) }
    case .int8: map(bytes) { (element: Int8) in Float(element) }
    case .int16: map(bytes) { (element: Int16) in Float(element) }
    case .uint16: map(bytes) { (element: UInt16) in Float(element) }
    case .int32: map(bytes) { (element: Int32) in Float(element) }
    case .uint32: map(bytes) { (element: UInt32) in Float(element) }
    case .int64: map(bytes) { (element: Int64) in Float(element) }
    case .uint64: map(bytes) { (element: UInt64) in Float(element) }
    default: nil
    }
  }

  /// The elements as integers; nil for a type that is none. Unsigned ones above 2⁶³ wrap.
  static func integers(_ bytes: [UInt8], _ type: ElementType) -> [Int64]? {
    switch type {
    case .bool, .uint8: map(bytes) { (element: UInt8) in Int64(element) }
    case .int8: map(bytes) { (element: Int8) in Int64(element) }
    case .int16: map(bytes) { (element: Int16) in Int64(element) }
    case .uint16: map(bytes) { (element: UInt16) in Int64(element) }
    case .int32: map(bytes) { (element: Int32) in Int64(element) }
    case .uint32: map(bytes) { (element: UInt32) in Int64(element) }
    case .int64: map(bytes) { (element: Int64) in element }
    case .uint64: map(bytes) { (element: UInt64) in Int64(truncatingIfNeeded: element) }
    default: nil
    }
  }

  /// The bytes of an array of numbers.
  static func bytes<Element: BitwiseCopyable>(_ elements: [Element]) -> [UInt8] {
    unsafe elements.withUnsafeBytes { unsafe Array($0) }
  }

  /// Numbers as the bytes of an integer type; they are in its range.
  static func bytes(_ elements: [Int64], as type: ElementType) -> [UInt8] {
    switch type {
    case .int8, .uint8, .bool: elements.map { UInt8(truncatingIfNeeded: $0) }
    case .int16, .uint16: bytes(elements.map { UInt16(truncatingIfNeeded: $0) })
    case .int32, .uint32: bytes(elements.map { UInt32(truncatingIfNeeded: $0) })
    default: bytes(elements)
    }
  }

  /// The numbers that an integer type holds; nil for a type that is none.
  static func range(of type: ElementType) -> ClosedRange<Int64>? {
    switch type {
    case .bool: 0...1
    case .int8: -128...127
    case .uint8: 0...255
    case .int16: -32768...32767
    case .uint16: 0...65535
    case .int32: Int64(Int32.min)...Int64(Int32.max)
    case .uint32: 0...Int64(UInt32.max)
    case .int64: Int64.min...Int64.max
    case .uint64: 0...Int64.max
    default: nil
    }
  }

  private static func map<Element: BitwiseCopyable, Result>(
    _ bytes: [UInt8], _ body: (Element) -> Result
  ) -> [Result] {
    let size = MemoryLayout<Element>.stride
    return unsafe bytes.withUnsafeBytes { raw in
      (0..<raw.count / size).map {
        body(unsafe raw.loadUnaligned(fromByteOffset: $0 * size, as: Element.self))
      }
    }
  }
}
