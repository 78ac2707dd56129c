import CZlib

/// How small DEFLATE makes bytes, as a download or an over-the-air update would be.
package enum DeflatedSize {
  /// Bytes of the zlib stream at its usual level; nil where zlib cannot take so many. The highest level takes seven times
  /// as long for 1 % less.
  package static func byteCount(of bytes: [UInt8]) -> Int? {
    guard bytes.count < 1 << 30 else { return nil }
    var length = compressBound(uLong(bytes.count))
    var target = [UInt8](repeating: 0, count: Int(length))
    let status = unsafe compress2(&target, &length, bytes, uLong(bytes.count), Z_DEFAULT_COMPRESSION)
    return status == Z_OK ? Int(length) : nil
  }
}
