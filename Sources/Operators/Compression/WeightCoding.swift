package import Tensors

/// How a tensor behind TFLM's DECODE is coded: what the first 16 bytes of its ancillary tensor say
/// (`decode_state.h` and its like of TFLM).
package enum WeightCoding: Sendable, Hashable {
  /// Numbers of 1 to 7 bits, which name a place in the table of the element's channel.
  ///
  /// - Parameter stride: elements of each channel's table.
  case lookup(width: Int, stride: Int)
  /// A prefix code.
  ///
  /// - Parameters:
  ///   - firstBits: the base-2 logarithm of the first table's entries.
  ///   - isWide: whether entries of tables have 32 bits, not 16.
  case huffman(firstBits: Int, isWide: Bool)
  /// A bit for each element, which says whether it is stored; others are the zero point.
  case mask

  /// Bytes in front of tables and values.
  package static let headerByteCount = 16

  /// - Throws: `unsupported` for codings that TFLM has not, or refuses.
  package init(ancillary bytes: ArraySlice<UInt8>) throws(KernelError) {
    let header = Array(bytes.prefix(Self.headerByteCount))
    guard header.count == Self.headerByteCount else {
      throw .invalidData("the ancillary tensor has \(header.count) bytes, and its header alone takes 16")
    }
    guard header[1] == 1 else { throw .unsupported("the header has version \(header[1]); TFLM takes 1") }
    guard header[0] <= 2 else {
      throw .unsupported("the header names coding \(header[0]); TFLM has 0 (table), 1 (Huffman) and 2 (mask)")
    }
    guard header[4] == 1 else { throw .unsupported("the coding has version \(header[4]); TFLM takes 1") }
    switch header[0] {
    case 0:
      let (width, stride) = (Int(header[5] & 7), Int(header[6]))
      guard width > 0 else { throw .unsupported("the header names indices of 0 bits; TFLM takes 1 to 7") }
      self = .lookup(width: width, stride: stride)
    case 1: self = .huffman(firstBits: Int(header[5] >> 4) + 1, isWide: header[5] & 1 == 1)
    default: self = .mask
    }
  }

  /// The 16 bytes that say so.
  package var header: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.headerByteCount)
    (bytes[1], bytes[4]) = (1, 1)
    switch self {
    case .lookup(let width, let stride):
      bytes[5] = UInt8(truncatingIfNeeded: width & 7)
      bytes[6] = UInt8(truncatingIfNeeded: stride)
    case .huffman(let firstBits, let isWide):
      bytes[0] = 1
      bytes[5] = UInt8(truncatingIfNeeded: (firstBits - 1) << 4) | (isWide ? 1 : 0)
    case .mask: bytes[0] = 2
    }
    return bytes
  }

  /// The element types that TFLM's decoder of the coding takes.
  package var elementTypes: [ElementType] {
    switch self {
    case .huffman(_, let isWide): isWide ? [.int8, .int16] : [.int8]
    case .lookup, .mask: [.int8, .int16, .int32, .int64, .float32, .bool]
    }
  }
}
