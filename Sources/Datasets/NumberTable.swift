import Foundation
import Tensors

/// A CSV file of numbers: one row a sample, fields parted by commas, semicolons, tabs or blanks.
///
/// Empty lines and lines that start with `#` are passed over; a first line that holds a text is a header.
package struct NumberTable: Sendable {
  package let header: [String]?
  package let columns: Int
  /// Row by row.
  package let numbers: [Double]

  package var rows: Int { columns == 0 ? 0 : numbers.count / columns }

  /// - Throws: `DataError` naming the line that is no row of numbers.
  package static func read(_ path: String) throws(DataError) -> NumberTable {
    try NumberTable([UInt8](try FileContents.data(of: path)), file: path)
  }

  /// - Parameter file: the table's name for errors.
  package init(_ bytes: [UInt8], file: String) throws(DataError) {
    var header: [String]?
    var columns: Int?
    var numbers: [Double] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let fields = Self.fields(line)
      guard let first = fields.first, !first.hasPrefix("#") else { continue }
      let count = numbers.count
      for field in fields {
        guard let number = Double(field) else { break }
        numbers.append(number)
      }
      if numbers.count - count < fields.count {
        let field = fields[numbers.count - count]
        numbers.removeLast(numbers.count - count)
        guard header == nil, columns == nil else {
          throw Self.malformed(file, "line \(index + 1) holds '\(field.prefix(20))', which is no number")
        }
        header = fields
        continue
      }
      guard fields.count == columns ?? fields.count else {
        throw Self.malformed(file, "line \(index + 1) has \(fields.count) numbers, the first \(columns ?? 0)")
      }
      columns = fields.count
    }
    guard let columns else { throw DataError.noSamples(file: file) }
    self.header = header
    self.columns = columns
    self.numbers = numbers
  }

  /// The table as an array of rows × columns.
  package var array: NumericArray? {
    let data = Data(NumericElements.bytes(numbers))
    return Shape([rows, columns]).flatMap { NumericArray(shape: $0, elementType: .float64, storage: data) }
  }

  private static func fields(_ line: ArraySlice<UInt8>) -> [String] {
    var end = line
    while let last = end.last, isBlank(last) { end.removeLast() }
    let separators: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";")]
    let parts =
      end.contains(where: separators.contains)
      ? end.split(omittingEmptySubsequences: false, whereSeparator: separators.contains)
      : end.split(whereSeparator: isBlank)
    return parts.map { part in
      String(
        decoding: part.drop(while: isWrapping).reversed().drop(while: isWrapping).reversed(), as: UTF8.self)
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private static func isWrapping(_ byte: UInt8) -> Bool { isBlank(byte) || byte == UInt8(ascii: "\"") }

  private static func malformed(_ file: String, _ reason: String) -> DataError {
    .malformed(file: file, format: "a table of numbers (CSV)", reason: reason)
  }
}
