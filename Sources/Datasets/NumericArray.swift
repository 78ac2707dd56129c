package import Foundation
package import Tensors

/// A dense array of numbers in a file's own layout: type, byte order and order of axes.
///
/// The bytes may be those of a mapped file: nothing is copied before it is read.
package struct NumericArray: Sendable {
  package let shape: Shape
  package let elementType: ElementType
  private let storage: Data
  /// Where the elements start in the storage.
  private let offset: Int
  private let isBigEndian: Bool
  private let isColumnMajor: Bool
  private let elementByteCount: Int

  /// - Parameters:
  ///   - storage: all elements, from `offset` on.
  ///   - isColumnMajor: whether the first axis varies fastest (Fortran order).
  /// - Returns: nil where the storage is too short, or the type has no whole bytes.
  package init?(
    shape: Shape, elementType: ElementType, storage: Data, offset: Int = 0, isBigEndian: Bool = false,
    isColumnMajor: Bool = false
  ) {
    guard let byteCount = elementType.byteCount(elementCount: shape.elementCount),
      let width = elementType.bitWidth, width % 8 == 0, offset >= 0, offset <= storage.count,
      byteCount <= storage.count - offset
    else { return nil }
    self.shape = shape
    self.elementType = elementType
    self.storage = storage
    self.offset = offset
    elementByteCount = width / 8
    self.isBigEndian = isBigEndian && elementByteCount > 1
    self.isColumnMajor = isColumnMajor && shape.dimensions.filter { $0 > 1 }.count > 1
  }

  /// Elements in row-major order as little-endian bytes.
  ///
  /// - Precondition: the range lies within the array's elements.
  package func bytes(of range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= shape.elementCount, "out of range")
    if !isColumnMajor && !isBigEndian {
      let start = storage.startIndex + offset + range.lowerBound * elementByteCount
      return [UInt8](storage[start..<start + range.count * elementByteCount])
    }
    var result: [UInt8] = []
    result.reserveCapacity(range.count * elementByteCount)
    for index in range {
      let place = isColumnMajor ? columnMajorIndex(index) : index
      let start = storage.startIndex + offset + place * elementByteCount
      let element = storage[start..<start + elementByteCount]
      if isBigEndian {
        result.append(contentsOf: element.reversed())
      } else {
        result.append(contentsOf: element)
      }
    }
    return result
  }

  /// All elements in row-major order as little-endian bytes.
  package var bytes: [UInt8] { bytes(of: 0..<shape.elementCount) }

  /// Where an element stands that has a row-major index.
  private func columnMajorIndex(_ index: Int) -> Int {
    var rest = index
    var stride = shape.elementCount
    var result = 0
    for dimension in shape.dimensions.reversed() {
      stride /= dimension
      result += rest % dimension * stride
      rest /= dimension
    }
    return result
  }
}
