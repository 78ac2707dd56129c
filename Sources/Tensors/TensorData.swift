/// Immutable bytes of a constant, shared by everything that uses it.
///
/// Identity carries meaning: two values that hold the same `TensorData` share one buffer in the file.
package final class TensorData: Sendable {
  /// Where a file keeps the bytes.
  package enum Location: Sendable {
    /// Nowhere: the buffer stores not even an empty vector, as those of activations.
    case absent
    /// In the FlatBuffer itself.
    case inside
    /// Behind the FlatBuffer, found by `Buffer.offset` and `Buffer.size`; TFLM does not look there.
    case appended
  }

  /// Little-endian elements, dense, sub-byte types packed low bits first.
  package let bytes: ArraySlice<UInt8>
  package let location: Location

  package init(_ bytes: ArraySlice<UInt8>, location: Location = .inside) {
    self.bytes = bytes
    self.location = location
  }

  package convenience init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  /// What activations hold: no bytes. TFLite calls it buffer 0.
  package static let none = TensorData([], location: .absent)

  package var isEmpty: Bool { bytes.isEmpty }
  package var isAppended: Bool { location == .appended }
  package var byteCount: Int { bytes.count }
}

extension TensorData {
  /// The bytes as little-endian elements; a rest that fills no element is left out.
  package func elements<Element: BitwiseCopyable>(_ type: Element.Type) -> [Element] {
    let count = byteCount / MemoryLayout<Element>.stride
    return unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      unsafe bytes.prefix(count * MemoryLayout<Element>.stride).withUnsafeBytes { raw in
        unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: raw)
      }
      initializedCount = count
    }
  }
}
