package import GraphIR

/// Fields of options in words: enumerations by the schema's names.
package enum OptionText {
  /// Such as `padding=SAME` or `stride_w=2`.
  package static func text(of field: Record.Field, in record: Record) -> String {
    "\(field.name)=\(name(of: field, in: record) ?? "\(field.value)")"
  }

  /// The name of an enumeration's value; nil for a field that is none, and a value that the schema does not know.
  static func name(of field: Record.Field, in record: Record) -> String? {
    guard case .integer(let number) = field.value,
      let member = Schema.current[record.typeName]?.members.first(where: { $0.name == field.name }),
      !member.isVector, case .integer(_, _, let enumeration?) = member.kind
    else { return nil }
    return Schema.current.types[enumeration].members.first { $0.value == number }?.name
  }
}
