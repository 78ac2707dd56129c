import CZlib
import Foundation

/// DEFLATE and CRC-32, by zlib.
enum Inflater {
  /// DEFLATE makes at most 1032 bytes of one.
  static let largestRatio = 1032

  /// Whether so many bytes can come out of so many: a size to check before memory is taken for it.
  static func isPossible(byteCount: Int, from compressedByteCount: Int) -> Bool {
    byteCount <= compressedByteCount.multipliedReportingOverflow(by: largestRatio).partialValue + 64
  }

  /// The bytes of a raw DEFLATE stream.
  ///
  /// - Parameter byteCount: how many there must be; both numbers are below 2³².
  /// - Returns: nil where the stream is damaged or has another number of bytes.
  static func inflate(_ compressed: Data, byteCount: Int) -> [UInt8]? {
    guard byteCount <= UInt32.max, isPossible(byteCount: byteCount, from: compressed.count),
      // One byte more than there must be, so that a longer stream shows.
      let (bytes, isWhole) = unpack(compressed, byteCount: byteCount + 1)
    else { return nil }
    return isWhole && bytes.count == byteCount ? bytes : nil
  }

  /// The first bytes of a raw DEFLATE stream: fewer than `byteCount` where it ends or is damaged before.
  static func prefix(of compressed: Data, byteCount: Int) -> [UInt8] {
    unpack(compressed, byteCount: byteCount)?.bytes ?? []
  }

  /// - Parameter byteCount: how many bytes come out at most; memory is taken for so many.
  /// - Returns: nil where the stream is too long for zlib; and whether the stream ended.
  private static func unpack(_ compressed: Data, byteCount: Int) -> (bytes: [UInt8], isWhole: Bool)? {
    guard compressed.count <= UInt32.max else { return nil }
    var stream = unsafe z_stream()
    let version = ZLIB_VERSION
    guard unsafe inflateInit2_(&stream, -MAX_WBITS, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      return nil
    }
    defer { unsafe inflateEnd(&stream) }
    var status = Z_OK
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { output, filled in
      unsafe compressed.withUnsafeBytes { input in
        unsafe stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        unsafe stream.avail_in = UInt32(input.count)
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = UInt32(clamping: byteCount)
        status = unsafe CZlib.inflate(&stream, Z_FINISH)
        filled = unsafe Int(stream.total_out)
      }
    }
    return (bytes, status == Z_STREAM_END)
  }

  /// The checksum of ZIP archives.
  static func checksum(_ data: Data) -> UInt32 {
    var checksum = uLong(0)
    var rest = data
    while !rest.isEmpty {
      let part = rest.prefix(1 << 30)
      checksum = unsafe part.withUnsafeBytes { bytes in
        unsafe crc32(checksum, bytes.bindMemory(to: UInt8.self).baseAddress, UInt32(bytes.count))
      }
      rest = rest.dropFirst(part.count)
    }
    return UInt32(truncatingIfNeeded: checksum)
  }
}
