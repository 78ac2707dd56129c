import Foundation

extension Tool {
  /// A .npy file of float32 numbers.
  static func npy(_ shape: [Int], in folder: URL, _ number: (Int) -> Float) throws -> String {
    let dimensions = shape.map { "\($0)," }.joined(separator: " ")
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(dimensions)), }"
    header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
    var data = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0])
    data += Data([UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)]) + Data(header.utf8)
    for index in 0..<shape.reduce(1, *) {
      let bits = number(index).bitPattern
      data += Data((0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) })
    }
    let file = folder.appending(path: "data-\(UUID().uuidString).npy")
    try data.write(to: file)
    return file.path
  }
}
