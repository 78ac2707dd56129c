import GraphIR
import Tensors
import Testing

@testable import ModelFiles

/// Everything that a file stores, decoded by the schema alone, without the typed reader.
struct FileContents {
  let root: Record
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) throws {
    let state = ReadingState(file: "contents", byteCount: bytes.count)
    _ = try Verification.extent(of: bytes, file: "contents")
    let buffer = FlatBuffer(bytes: bytes, state: state)
    let type = try #require(Schema.current["Model"])
    self.bytes = bytes
    root = try buffer.record(buffer.root(), type: type)
  }

  /// Where two files differ in meaning, as paths such as `.subgraphs[0].tensors[3].name`.
  static func differences(between old: [UInt8], and new: [UInt8]) throws -> [String] {
    let old = try FileContents(old)
    let new = try FileContents(new)
    var paths: [String] = []
    compare(
      .record(old.normalized(old.root)), .record(new.normalized(new.root)), path: "", into: &paths)
    return paths
  }

  private static func compare(
    _ old: FieldValue?, _ new: FieldValue?, path: String, into paths: inout [String]
  ) {
    switch (old, new) {
    case (.record(let left)?, .record(let right)?):
      compareFields(left, right, path: path, into: &paths)
    case (.union(let leftCode, let left)?, .union(let rightCode, let right)?) where leftCode == rightCode:
      compareFields(left, right, path: path, into: &paths)
    case (.records(let left)?, .records(let right)?) where left.count == right.count:
      for (index, (left, right)) in zip(left, right).enumerated() {
        compareFields(left, right, path: "\(path)[\(index)]", into: &paths)
      }
    case (.real(let left)?, .real(let right)?) where left.bitPattern == right.bitPattern: break
    case (.reals(let left)?, .reals(let right)?)
    where left.map(\.bitPattern) == right.map(\.bitPattern): break
    default: if old != new { paths.append(path) }
    }
  }

  private static func compareFields(
    _ old: Record, _ new: Record, path: String, into paths: inout [String]
  ) {
    if old.typeName != new.typeName { paths.append("\(path): \(old.typeName), \(new.typeName)") }
    for name in Set((old.fields + new.fields).map(\.name)).sorted() {
      compare(old[name], new[name], path: "\(path).\(name)", into: &paths)
    }
  }
}

extension FileContents {
  /// The record without what may change: how operator codes are numbered and stored, where data behind
  /// the FlatBuffer stand, and numbers of typed tables that equal the schema's default.
  private func normalized(_ record: Record) -> Record {
    var record = record
    switch record.typeName {
    case "OperatorCode":
      let code = Self.builtin(record)
      record["deprecated_builtin_code"] = nil
      record["builtin_code"] = .integer(Int64(code))
    case "Operator": resolveOperator(&record)
    case "Buffer": resolve(&record, offset: "offset", size: "size", into: "data")
    default: break
    }
    for field in record.fields {
      if Self.isDefault(field, of: record.typeName) {
        record[field.name] = nil
      } else {
        record[field.name] = normalized(field.value)
      }
    }
    return record
  }

  private func normalized(_ value: FieldValue) -> FieldValue {
    switch value {
    case .record(let record): .record(normalized(record))
    case .records(let records): .records(records.map(normalized))
    case .union(let code, let record): .union(code: code, normalized(record))
    default: value
    }
  }

  /// Replaces the index of the operator code by the code itself.
  private func resolveOperator(_ record: inout Record) {
    let index = record.integer("opcode_index")
    guard case .records(let codes)? = root["operator_codes"], codes.indices.contains(index) else { return }
    record["opcode_index"] = .record(normalized(codes[index]))
    resolve(
      &record, offset: "large_custom_options_offset", size: "large_custom_options_size",
      into: "appended options")
  }

  /// Replaces a place behind the FlatBuffer by the bytes there.
  private func resolve(_ record: inout Record, offset: String, size: String, into name: String) {
    guard record[offset] != nil else { return }
    let start = record.integer(offset)
    record[name] = .bytes(Array(bytes[start..<start + record.integer(size)]))
    record[offset] = nil
    record[size] = nil
  }

  private static func builtin(_ code: Record) -> Int {
    max(code.integer("deprecated_builtin_code"), code.integer("builtin_code"))
  }

  private static let typedTables: Set = [
    "Model", "OperatorCode", "SubGraph", "Tensor", "QuantizationParameters", "Operator", "Buffer",
    "Metadata", "TensorMap", "SignatureDef",
  ]

  private static func isDefault(_ field: Record.Field, of typeName: String) -> Bool {
    guard typedTables.contains(typeName), case .integer(let number) = field.value else { return false }
    switch field.name {
    case "debug_metadata_index": return number == -1
    case "version" where typeName == "OperatorCode": return number == 1
    default: return number == 0
    }
  }
}
