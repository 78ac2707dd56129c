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
    let start = data.startIndex
    guard data.count >= 10, data[start..<start + 6].elementsEqual(magic) else {
      throw malformed(file, "it does not start with \\x93NUMPY")
    }
    let version = data[start + 6]
    guard (1...3).contains(version) else { throw malformed(file, "its version is \(version), not 1, 2 or 3") }
    let sizeByteCount = version == 1 ? 2 : 4
    guard data.count >= 8 + sizeByteCount else { throw malformed(file, "it ends inside its header") }
    let size = data[start + 8..<start + 8 + sizeByteCount].reversed().reduce(0) { $0 << 8 | Int($1) }
    let offset = 8 + sizeByteCount + size
    guard size <= longestHeader else { throw malformed(file, "its header has \(size) bytes") }
    guard offset <= data.count else { throw malformed(file, "it ends inside its header") }
    let header: NumPyHeader
    do throws(NumPyHeader.Problem) {
      header = try NumPyHeader([UInt8](data[start + 8 + sizeByteCount..<start + offset]))
    } catch {
      throw error.isUnsupported
        ? .unsupported(file: file, reason: error.reason) : malformed(file, error.reason)
    }
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

  private static func malformed(_ file: String, _ reason: String) -> DataError {
    .malformed(file: file, format: "a NumPy array (.npy)", reason: reason)
  }
}
