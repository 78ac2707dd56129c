/// The builtin operators of the format; raw values are those of TFLite's `BuiltinOperator`.
///
/// A code that this table does not know stays a valid value: it is kept, ordered and written back.
package struct BuiltinOperator: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// The schema's name, such as `CONV_2D`, or `BUILTIN_<code>` for an unknown one.
  package var name: String {
    let index = Int(rawValue)
    return Self.names.indices.contains(index) ? Self.names[index] : "BUILTIN_\(rawValue)"
  }

  /// Whether the schema knows the code.
  package var isKnown: Bool { Self.names.indices.contains(Int(rawValue)) }

  /// The operator of that name, if the schema has one.
  package init?(name: String) {
    guard let index = Self.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: Int32(index))
  }
}

extension BuiltinOperator: CaseIterable {
  /// All operators of the schema, by code.
  package static let allCases = names.indices.map { BuiltinOperator(rawValue: Int32($0)) }
}
