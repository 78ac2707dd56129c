/// A table of a FlatBuffer whose fields are known by name.
struct TypedTable<Field: SchemaTable> {
  let buffer: FlatBuffer
  let table: FlatBuffer.Table

  init(_ table: FlatBuffer.Table, in buffer: FlatBuffer) throws(ModelFileError) {
    self.buffer = buffer
    self.table = table
    try buffer.noteUnknownFields(in: table, known: Field.allCases.count, typeName: Field.schemaName)
  }

  func position(of field: Field) throws(ModelFileError) -> Int? {
    try buffer.position(of: field.rawValue, in: table)
  }

  func integer<Integer: FixedWidthInteger>(
    _ field: Field, default value: Integer
  ) throws(ModelFileError) -> Integer {
    guard let position = try position(of: field) else { return value }
    return try buffer.load(Integer.self, at: position)
  }

  func bool(_ field: Field) throws(ModelFileError) -> Bool {
    try integer(field, default: UInt8(0)) != 0
  }

  func string(_ field: Field) throws(ModelFileError) -> String? {
    guard let position = try position(of: field) else { return nil }
    return try buffer.string(at: position)
  }

  func integers<Integer: FixedWidthInteger>(
    _ field: Field, as type: Integer.Type
  ) throws(ModelFileError) -> [Integer]? {
    guard let position = try position(of: field) else { return nil }
    return try buffer.integers(at: position, as: type)
  }

  func floats(_ field: Field) throws(ModelFileError) -> [Float]? {
    try integers(field, as: UInt32.self)?.map(Float.init(bitPattern:))
  }

  func byteRange(_ field: Field) throws(ModelFileError) -> Range<Int>? {
    guard let position = try position(of: field) else { return nil }
    return try buffer.byteRange(at: position)
  }

  func table<Child: SchemaTable>(
    _ field: Field, as type: Child.Type
  ) throws(ModelFileError) -> TypedTable<Child>? {
    guard let position = try position(of: field) else { return nil }
    return try TypedTable<Child>(buffer.table(at: buffer.target(at: position)), in: buffer)
  }

  /// The tables of a vector, not yet looked into; nil where the field is absent.
  func tables(_ field: Field) throws(ModelFileError) -> [FlatBuffer.Table]? {
    guard let position = try position(of: field) else { return nil }
    return try buffer.tables(at: position)
  }
}
