internal import GraphIR

extension FlatBuffer {
  /// The table at a field of another, decoded by the schema; nil where the field is absent.
  func record(_ slot: Int, in table: Table, type: Schema.TypeInfo) throws(ModelFileError) -> Record? {
    guard let position = try position(of: slot, in: table) else { return nil }
    return try record(self.table(at: target(at: position)), type: type)
  }

  /// A vector of tables, decoded by the schema; nil where the field is absent.
  func records(_ slot: Int, in table: Table, type: Schema.TypeInfo) throws(ModelFileError) -> [Record]? {
    guard let position = try position(of: slot, in: table) else { return nil }
    return try records(at: position, type: type)
  }

  /// The fields that a table stores, by the schema.
  func record(_ table: Table, type: Schema.TypeInfo) throws(ModelFileError) -> Record {
    try noteUnknownFields(in: table, known: type.members.count, typeName: type.name)
    var fields: [Record.Field] = []
    for (slot, member) in type.members.enumerated() {
      guard let position = try position(of: slot, in: table) else { continue }
      let value =
        member.isVector
        ? try vector(at: position, member: member)
        : try value(at: position, member: member, slot: slot, table: table)
      if let value { fields.append(Record.Field(name: member.name, value: value)) }
    }
    return Record(type.name, fields)
  }

  /// The member of a union in `slot`, whose type is in the slot before it.
  ///
  /// A type without a member gives a record without a name. What the type does not describe has not been verified:
  /// it is noted and left out.
  func union(_ slot: Int, in table: Table, union: Schema.TypeInfo) throws(ModelFileError) -> Union? {
    let typePosition = try position(of: slot - 1, in: table)
    let code = try typePosition.map { (at) throws(ModelFileError) in try load(UInt8.self, at: at) } ?? 0
    guard let position = try position(of: slot, in: table) else {
      return code == 0 ? nil : Union(code: code, record: Record(""))
    }
    guard code != 0, Int(code) < union.members.count,
      case .table(let type) = union.members[Int(code)].kind
    else {
      state.note("\(union.name) of type \(code), newer than schema 3d")
      return nil
    }
    let member = try self.table(at: target(at: position))
    return Union(code: code, record: try record(member, type: Schema.current.types[type]))
  }

  struct Union {
    let code: UInt8
    let record: Record
  }

  private func value(
    at position: Int, member: Schema.Member, slot: Int, table: Table
  ) throws(ModelFileError) -> FieldValue? {
    let types = Schema.current.types
    switch member.kind {
    case .integer(let size, let isSigned, _):
      return .integer(try integer(at: position, size: size, isSigned: isSigned))
    case .real(let size): return .real(try real(at: position, size: size))
    case .string: return .string(try string(at: position))
    case .table(let type):
      return .record(try record(self.table(at: target(at: position)), type: types[type]))
    case .union(let type):
      return try union(slot, in: table, union: types[type]).map { .union(code: $0.code, $0.record) }
    case .unionType: return nil
    }
  }

  private func vector(at position: Int, member: Schema.Member) throws(ModelFileError) -> FieldValue? {
    switch member.kind {
    case .integer(size: 1, _, _):
      let range = try byteRange(at: position)
      try state.charge(range.count)
      return .bytes(Array(bytes[range]))
    case .integer(let size, let isSigned, _):
      let (start, count) = try elements(at: position, size: size)
      try state.charge(8 * count)
      var numbers: [Int64] = []
      for index in 0..<count {
        numbers.append(try integer(at: start + index * size, size: size, isSigned: isSigned))
      }
      return .integers(numbers)
    case .real(let size):
      let (start, count) = try elements(at: position, size: size)
      try state.charge(8 * count)
      var numbers: [Double] = []
      for index in 0..<count { numbers.append(try real(at: start + index * size, size: size)) }
      return .reals(numbers)
    case .string:
      let (start, count) = try elements(at: position, size: 4)
      var texts: [String] = []
      for index in 0..<count { texts.append(try string(at: start + 4 * index)) }
      return .strings(texts)
    case .table(let type): return .records(try records(at: position, type: Schema.current.types[type]))
    case .union, .unionType:
      state.note("a vector of unions")
      return nil
    }
  }

  private func records(at position: Int, type: Schema.TypeInfo) throws(ModelFileError) -> [Record] {
    var records: [Record] = []
    for table in try tables(at: position) { records.append(try record(table, type: type)) }
    return records
  }

  private func integer(at position: Int, size: Int, isSigned: Bool) throws(ModelFileError) -> Int64 {
    switch (size, isSigned) {
    case (1, true): Int64(try load(Int8.self, at: position))
    case (1, false): Int64(try load(UInt8.self, at: position))
    case (2, true): Int64(try load(Int16.self, at: position))
    case (2, false): Int64(try load(UInt16.self, at: position))
    case (4, true): Int64(try load(Int32.self, at: position))
    case (4, false): Int64(try load(UInt32.self, at: position))
    default: try load(Int64.self, at: position)
    }
  }

  private func real(at position: Int, size: Int) throws(ModelFileError) -> Double {
    size == 4
      ? Double(Float(bitPattern: try load(UInt32.self, at: position)))
      : Double(bitPattern: try load(UInt64.self, at: position))
  }
}
