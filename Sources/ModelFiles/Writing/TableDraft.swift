/// The fields of a table that is about to be built.
struct TableDraft<Field: SchemaTable> {
  private(set) var entries: [FlatBufferBuilder.Entry] = []

  /// Stores a number unless it equals the schema's default, which readers supply.
  mutating func add<Integer: FixedWidthInteger>(
    _ field: Field, _ value: Integer, default defaultValue: Integer = 0
  ) {
    guard value != defaultValue else { return }
    entries.append(
      .scalar(
        slot: field.rawValue, bits: UInt64(truncatingIfNeeded: value), size: Integer.bitWidth / 8))
  }

  mutating func add(_ field: Field, _ value: Bool) { add(field, UInt8(value ? 1 : 0)) }

  /// Stores what is already built; nil leaves the field out.
  mutating func add(_ field: Field, _ offset: FlatBufferBuilder.Offset?) {
    guard let offset else { return }
    entries.append(.offset(slot: field.rawValue, offset))
  }
}
