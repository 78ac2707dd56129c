extension TensorMemory {
  /// Sets every element to the one with these bytes.
  func fill(repeating element: [UInt8]) {
    let bits = element.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    switch element.count {
    case 1: elements(UInt8.self).fill(UInt8(truncatingIfNeeded: bits))
    case 2: elements(UInt16.self).fill(UInt16(truncatingIfNeeded: bits))
    case 4: elements(UInt32.self).fill(UInt32(truncatingIfNeeded: bits))
    case 8: elements(UInt64.self).fill(bits)
    default:
      let bytes = elements(UInt8.self)
      for index in bytes.indices where !element.isEmpty { bytes[index] = element[index % element.count] }
    }
  }

  /// The bytes of the first element.
  func firstElement(byteCount: Int) -> [UInt8] {
    let bytes = elements(UInt8.self)
    return (0..<byteCount).map { bytes[$0] }
  }
}
