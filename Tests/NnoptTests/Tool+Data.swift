import Foundation

extension Tool {
  /// A .npy file of float32 numbers.
  static func npy(_ shape: [Int], in folder: URL, _ number: (Int) -> Float) throws -> String {
    let bytes = (0..<shape.reduce(1, *)).flatMap { index in
      let bits = number(index).bitPattern
      return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
    }
    return try npy(shape, "<f4", bytes, in: folder)
  }

  /// A .npy file of uint8 numbers.
  static func npy(_ shape: [Int], ofBytesIn folder: URL, _ number: (Int) -> UInt8) throws -> String {
    try npy(shape, "|u1", (0..<shape.reduce(1, *)).map(number), in: folder)
  }

  private static func npy(
    _ shape: [Int], _ type: String, _ bytes: [UInt8], in folder: URL
  ) throws -> String {
    let dimensions = shape.map { "\($0)," }.joined(separator: " ")
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(dimensions)), }"
    header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
    var data = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0])
    data += Data([UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]) + Data(header.utf8)
    let file = folder.appending(path: "data-\(UUID().uuidString).npy")
    try (data + Data(bytes)).write(to: file)
    return file.path
  }
}
