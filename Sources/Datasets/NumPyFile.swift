package import Foundation
package import GraphIR
package import Tensors

/// NumPy's .npy format, versions 1 to 3.
package enum NumPyFile {
  /// Reads a file; its numbers stay in it until they are used.
  ///
  /// - Throws: `DataError` for whatever is not a whole array of numbers.
  package static func read(_ path: String) throws(DataError) -> NumericArray {
    try parse(try FileContents.data(of: path), file: path)
  }

  /// - Parameters:
  ///   - data: a whole file's bytes; more behind the array are passed over.
  ///   - file: its name for errors.
  package static func parse(_ data: Data, file: String) throws(DataError) -> NumericArray {
    let offset = try dataOffset(data, file: file)
    let header = try header(data, offset: offset, file: file)
    guard
      let array = NumericArray(
        shape: header.shape, elementType: header.elementType, storage: data, offset: offset,
        isBigEndian: header.isBigEndian, isColumnMajor: header.isColumnMajor)
    else {
      throw malformed(
        file,
        "\(header.shape) as \(header.elementType) does not fit into its \(data.count - offset) bytes of data")
    }
    return array
  }

  /// Bytes at a file's start that say how long its header is.
  static let preambleByteCount = 12

  /// Where the data start, from a file's first bytes: `preambleByteCount`, or more.
  static func dataOffset(_ data: Data, file: String) throws(DataError) -> Int {
    let start = data.startIndex
    guard data.count >= 10, data[start..<start + 6].elementsEqual(magic) else {
      throw malformed(file, "it does not start with \\x93NUMPY")
    }
    let version = data[start + 6]
    guard (1...3).contains(version) else { throw malformed(file, "its version is \(version), not 1, 2 or 3") }
    let headerStart = headerStart(version)
    guard data.count >= headerStart else { throw malformed(file, "it ends inside its header") }
    let size = data[start + 8..<start + headerStart].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size <= longestHeader else { throw malformed(file, "its header has \(size) bytes") }
    return headerStart + size
  }

  /// - Parameter offset: what `dataOffset` gives for the same bytes.
  static func header(_ data: Data, offset: Int, file: String) throws(DataError) -> NumPyHeader {
    guard offset <= data.count else { throw malformed(file, "it ends inside its header") }
    let start = data.startIndex
    do throws(NumPyHeader.Problem) {
      return try NumPyHeader([UInt8](data[start + headerStart(data[start + 6])..<start + offset]))
    } catch {
      throw error.isUnsupported
        ? .unsupported(file: file, reason: error.reason) : malformed(file, error.reason)
    }
  }

  private static func headerStart(_ version: UInt8) -> Int { version == 1 ? 10 : 12 }

  /// A file of version 1 with an array in C order.
  ///
  /// - Parameter bytes: the elements, little-endian.
  /// - Returns: nil where NumPy has no such type, or the number of bytes is not the shape's.
  package static func encode(shape: Shape, elementType: ElementType, bytes: [UInt8]) -> [UInt8]? {
    guard let name = NumPyHeader.name(of: elementType),
      elementType.byteCount(elementCount: shape.elementCount) == bytes.count, shape.rank <= 32
    else { return nil }
    let tuple = shape.dimensions.map(String.init).joined(separator: ", ")
    let text =
      "{'descr': '\(name)', 'fortran_order': False, 'shape': (\(tuple)\(shape.rank == 1 ? "," : "")), }"
    let unpadded = 10 + text.utf8.count + 1
    let header = text + String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    let size = header.utf8.count
    return magic + [1, 0, UInt8(size & 0xFF), UInt8(size >> 8)] + Array(header.utf8) + bytes
  }

  /// A file with a tensor of every sample, stacked along a new first axis as `numpy.stack` does.
  ///
  /// - Parameter samples: the tensor's bytes by sample.
  /// - Returns: nil where NumPy has no such type.
  package static func encode(_ samples: [[UInt8]], of value: Value) -> [UInt8]? {
    guard let dimensions = value.shape?.dimensions, let shape = Shape([samples.count] + dimensions) else {
      return nil
    }
    return encode(shape: shape, elementType: value.elementType, bytes: samples.flatMap(\.self))
  }

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  private static let longestHeader = 1 << 20

  static func malformed(_ file: String, _ reason: String) -> DataError {
    .malformed(file: file, format: "a NumPy array (.npy)", reason: reason)
  }
}
