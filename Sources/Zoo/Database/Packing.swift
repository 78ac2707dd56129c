internal import CZlib

/// Documents as the database keeps them: packed by zlib (RFC 1950).
enum Packing {
  static func packed(_ bytes: [UInt8]) -> [UInt8] {
    var count = compressBound(uLong(bytes.count))
    var result = [UInt8](repeating: 0, count: Int(count))
    guard unsafe compress2(&result, &count, bytes, uLong(bytes.count), 9) == Z_OK else { return [] }
    return Array(result.prefix(Int(count)))
  }

  /// - Returns: nil for what was not packed here.
  static func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
    var capacity = max(bytes.count * 8, 1024)
    while capacity <= 1 << 30 {
      var (result, count) = ([UInt8](repeating: 0, count: capacity), uLong(capacity))
      switch unsafe uncompress(&result, &count, bytes, uLong(bytes.count)) {
      case Z_OK: return Array(result.prefix(Int(count)))
      case Z_BUF_ERROR: capacity *= 4
      default: return nil
      }
    }
    return nil
  }
}
