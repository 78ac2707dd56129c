/// A table of the file format as named fields: operator options, sparsity, quantization details.
///
/// Only fields that the file stores are present, so that reading and writing lose nothing;
/// accessors supply the schema's default for an absent one.
package struct Record: Hashable, Sendable {
  /// The table's name in the schema, such as `Conv2DOptions`.
  package let typeName: String
  /// Stored fields in the schema's order.
  package private(set) var fields: [Field]

  package struct Field: Hashable, Sendable {
    package let name: String
    package var value: FieldValue

    package init(name: String, value: FieldValue) {
      self.name = name
      self.value = value
    }
  }

  package init(_ typeName: String, _ fields: [Field] = []) {
    self.typeName = typeName
    self.fields = fields
  }

  /// The stored value of a field; assigning nil removes it, assigning to an absent one appends it.
  package subscript(name: String) -> FieldValue? {
    get { fields.first { $0.name == name }?.value }
    set {
      let index = fields.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): fields[index].value = value
      case (let index?, nil): fields.remove(at: index)
      case (nil, let value?): fields.append(Field(name: name, value: value))
      case (nil, nil): break
      }
    }
  }
}

/// A value that a field of a `Record` can hold.
package enum FieldValue: Hashable, Sendable {
  /// Any integer, enumeration or boolean scalar; 64-bit unsigned ones by bit pattern.
  case integer(Int64)
  /// A float or double scalar.
  case real(Double)
  case string(String)
  /// A vector of any integer type.
  case integers([Int64])
  /// A vector of float or double.
  case reals([Double])
  /// A vector of 8-bit integers (signed or unsigned).
  case bytes([UInt8])
  case strings([String])
  case record(Record)
  case records([Record])
  /// A union member by its discriminator.
  case union(code: UInt8, Record)
}

extension Record {
  /// The integer in a field, or the schema's default for it.
  package func integer(_ name: String, default value: Int = 0) -> Int {
    guard case .integer(let stored)? = self[name] else { return value }
    return Int(stored)
  }

  /// The boolean in a field, or the schema's default for it.
  package func bool(_ name: String, default value: Bool = false) -> Bool {
    guard case .integer(let stored)? = self[name] else { return value }
    return stored != 0
  }

  /// The real number in a field, or the schema's default for it.
  package func real(_ name: String, default value: Double = 0) -> Double {
    guard case .real(let stored)? = self[name] else { return value }
    return stored
  }

  /// The integers of a vector field; empty where it is absent.
  package func integers(_ name: String) -> [Int] {
    switch self[name] {
    case .integers(let stored)?: stored.map(Int.init)
    case .bytes(let stored)?: stored.map(Int.init)
    default: []
    }
  }

  /// The text of a field, or the empty string.
  package func string(_ name: String) -> String {
    guard case .string(let stored)? = self[name] else { return "" }
    return stored
  }
}

extension FieldValue: CustomStringConvertible {
  /// The value as one short word.
  package var description: String {
    switch self {
    case .integer(let number): "\(number)"
    case .real(let number): "\(Float(number))"
    case .string(let text): text
    case .integers(let numbers): "\(numbers)"
    case .reals(let numbers): "\(numbers)"
    case .bytes(let bytes): "\(bytes.count) bytes"
    case .strings(let texts): "\(texts)"
    case .record(let record), .union(_, let record): record.typeName
    case .records(let records): "\(records.count) records"
    }
  }
}
