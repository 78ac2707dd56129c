/// The map at the root of a FlexBuffer, as custom operators store their options: keys to scalars.
///
/// Every offset is checked: bytes that are no FlexBuffer give an error or no value, never a trap.
package struct FlexBufferMap: Sendable {
  /// A scalar of a map.
  package enum Scalar: Sendable, Equatable {
    case integer(Int64)
    case real(Double)
    case bool(Bool)
  }

  private let bytes: [UInt8]
  private let keys: Vector
  private let values: Vector

  private struct Vector {
    let start: Int
    let count: Int
    let width: Int
  }

  /// - Throws: `unsupported` where the bytes are no FlexBuffer with a map at its root.
  package init(_ bytes: [UInt8]) throws(KernelError) {
    guard let (keys, values) = Self.root(of: bytes) else {
      throw .unsupported("its custom options are not a FlexBuffers map")
    }
    self.bytes = bytes
    self.keys = keys
    self.values = values
  }

  /// The scalar of a key; nil where there is none, or another kind of value.
  package subscript(key: String) -> Scalar? {
    let wanted = Array(key.utf8)
    for index in 0..<values.count where isKey(at: index, wanted) { return scalar(at: index) }
    return nil
  }

  /// Whether a key's text, which a zero byte ends, is the wanted one.
  private func isKey(at index: Int, _ wanted: [UInt8]) -> Bool {
    let place = keys.start + index * keys.width
    guard let start = Self.target(in: bytes, of: place, width: keys.width) else { return false }
    let end = start + wanted.count
    return end < bytes.count && bytes[end] == 0 && bytes[start..<end].elementsEqual(wanted)
  }

  private func scalar(at index: Int) -> Scalar? {
    let type = bytes[values.start + values.count * values.width + index]
    var place = values.start + index * values.width
    var width = values.width
    var kind = Int(type >> 2)
    if kind >= 6 && kind <= 8 {
      guard let target = Self.target(in: bytes, of: place, width: width) else { return nil }
      (place, width, kind) = (target, 1 << Int(type & 3), kind - 5)
    }
    guard let raw = Self.unsigned(in: bytes, at: place, width: width) else { return nil }
    switch kind {
    case 1: return .integer(Self.signed(raw, width: width))
    case 2: return .integer(Int64(bitPattern: raw))
    case 3: return Self.real(raw, width: width).map { .real($0) }
    case 26: return .bool(raw != 0)
    default: return nil
    }
  }

  private static func root(of bytes: [UInt8]) -> (keys: Vector, values: Vector)? {
    guard bytes.count >= 3 else { return nil }
    let rootWidth = Int(bytes[bytes.count - 1])
    let type = bytes[bytes.count - 2]
    let mapKind: UInt8 = 9
    guard isWidth(rootWidth), type >> 2 == mapKind else { return nil }
    let width = 1 << Int(type & 3)
    let place = bytes.count - 2 - rootWidth
    guard let start = target(in: bytes, of: place, width: rootWidth), start >= 3 * width,
      let count = unsigned(in: bytes, at: start - width, width: width),
      let keyWidth = unsigned(in: bytes, at: start - 2 * width, width: width), keyWidth <= 8,
      isWidth(Int(keyWidth)),
      let keyStart = target(in: bytes, of: start - 3 * width, width: width),
      keyStart >= Int(keyWidth),
      let keyCount = unsigned(in: bytes, at: keyStart - Int(keyWidth), width: Int(keyWidth)),
      keyCount == count, count <= UInt64(bytes.count)
    else { return nil }
    let keys = Vector(start: keyStart, count: Int(count), width: Int(keyWidth))
    let values = Vector(start: start, count: Int(count), width: width)
    guard keyStart + keys.count * keys.width <= bytes.count,
      start + values.count * (width + 1) <= bytes.count
    else { return nil }
    return (keys, values)
  }

  /// Where an offset points, which counts backwards from its own place.
  private static func target(in bytes: [UInt8], of place: Int, width: Int) -> Int? {
    guard let offset = unsigned(in: bytes, at: place, width: width), offset <= UInt64(place) else {
      return nil
    }
    return place - Int(offset)
  }

  private static func unsigned(in bytes: [UInt8], at place: Int, width: Int) -> UInt64? {
    guard place >= 0, place <= bytes.count - width else { return nil }
    return bytes[place..<place + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func signed(_ raw: UInt64, width: Int) -> Int64 {
    let unused = 64 - 8 * width
    return Int64(bitPattern: raw << UInt64(unused)) >> Int64(unused)
  }

  private static func real(_ raw: UInt64, width: Int) -> Double? {
    switch width {
    case 4: Double(Float(bitPattern: UInt32(truncatingIfNeeded: raw)))
    case 8: Double(bitPattern: raw)
    default: nil
    }
  }

  private static func isWidth(_ width: Int) -> Bool { [1, 2, 4, 8].contains(width) }
}

extension FlexBufferMap {
  /// The integer of a key; reals are cut, and what is absent is 0, as FlexBuffers' `AsInt32` gives it.
  package func integer(_ key: String) -> Int {
    switch self[key] {
    case .integer(let number): Int(number)
    case .real(let number): Int(exactly: number.rounded(.towardZero)) ?? 0
    case .bool(let isTrue): isTrue ? 1 : 0
    case nil: 0
    }
  }

  /// The real number of a key, as `AsFloat` gives it.
  package func real(_ key: String) -> Float {
    switch self[key] {
    case .integer(let number): Float(number)
    case .real(let number): Float(number)
    case .bool(let isTrue): isTrue ? 1 : 0
    case nil: 0
    }
  }
}
