internal import GraphIR

/// Builds tables from records by the schema.
struct RecordEncoder {
  let builder: FlatBufferBuilder

  /// Why a record does not fit the schema.
  struct Mismatch: Error {
    let problem: String
  }

  func table(_ record: Record) throws(Mismatch) -> FlatBufferBuilder.Offset {
    guard let type = Schema.current[record.typeName] else {
      throw Mismatch(problem: "the format has no table \(record.typeName)")
    }
    var entries: [FlatBufferBuilder.Entry] = []
    for field in record.fields {
      guard let slot = type.members.firstIndex(where: { $0.name == field.name }) else {
        throw Mismatch(problem: "\(type.name) has no field \(field.name)")
      }
      entries += try self.entries(
        field.value, slot: slot, member: type.members[slot], typeName: type.name)
    }
    return builder.table(entries)
  }

  func tables(_ records: [Record]) throws(Mismatch) -> FlatBufferBuilder.Offset {
    var tables: [FlatBufferBuilder.Offset] = []
    for record in records { tables.append(try table(record)) }
    return builder.offsets(tables)
  }

  /// The member `code` of a union.
  func member(
    _ code: UInt8, _ record: Record, of union: Schema.TypeInfo
  ) throws(Mismatch) -> FlatBufferBuilder.Offset {
    guard code != 0, Int(code) < union.members.count, union.members[Int(code)].name == record.typeName
    else {
      throw Mismatch(problem: "\(record.typeName) is not member \(code) of \(union.name)")
    }
    return try table(record)
  }

  private func entries(
    _ value: FieldValue, slot: Int, member: Schema.Member, typeName: String
  ) throws(Mismatch) -> [FlatBufferBuilder.Entry] {
    if !member.isVector {
      switch (member.kind, value) {
      case (.integer(let size, let isSigned, _), .integer(let number))
      where number.fits(size: size, isSigned: isSigned):
        return [.scalar(slot: slot, bits: UInt64(bitPattern: number), size: size)]
      case (.real(size: 4), .real(let number)):
        return [.scalar(slot: slot, bits: UInt64(Float(number).bitPattern), size: 4)]
      case (.real, .real(let number)): return [.scalar(slot: slot, bits: number.bitPattern, size: 8)]
      case (.union(let type), .union(let code, let record)):
        let entry = FlatBufferBuilder.Entry.scalar(slot: slot - 1, bits: UInt64(code), size: 1)
        guard !record.typeName.isEmpty else { return [entry] }
        let member = try self.member(code, record, of: Schema.current.types[type])
        return [entry, .offset(slot: slot, member)]
      default: break
      }
    }
    guard let offset = try offset(value, member: member, typeName: typeName) else {
      throw Mismatch(problem: "the value of \(typeName).\(member.name) has the wrong type or range")
    }
    return [.offset(slot: slot, offset)]
  }

  private func offset(
    _ value: FieldValue, member: Schema.Member, typeName: String
  ) throws(Mismatch) -> FlatBufferBuilder.Offset? {
    switch (member.kind, member.isVector, value) {
    case (.string, false, .string(let text)): return builder.string(text)
    case (.table, false, .record(let record)): return try table(record)
    case (.table, true, .records(let records)): return try tables(records)
    case (.string, true, .strings(let texts)): return builder.offsets(texts.map(builder.string))
    case (.integer(size: 1, _, _), true, .bytes(let bytes)):
      return builder.vector(bytes, alignment: Self.alignment(of: typeName))
    case (.integer(let size, let isSigned, _), true, .integers(let numbers))
    where numbers.allSatisfy({ $0.fits(size: size, isSigned: isSigned) }):
      return vector(numbers, size: size, alignment: Self.alignment(of: typeName))
    case (.real(size: 4), true, .reals(let numbers)): return builder.vector(numbers.map { Float($0) })
    case (.real, true, .reals(let numbers)): return builder.vector(numbers)
    default: return nil
    }
  }

  private func vector(_ numbers: [Int64], size: Int, alignment: Int) -> FlatBufferBuilder.Offset {
    switch size {
    case 1: builder.vector(numbers.map { UInt8(truncatingIfNeeded: $0) }, alignment: alignment)
    case 2: builder.vector(numbers.map { UInt16(truncatingIfNeeded: $0) }, alignment: alignment)
    case 4: builder.vector(numbers.map { UInt32(truncatingIfNeeded: $0) }, alignment: alignment)
    default: builder.vector(numbers, alignment: alignment)
    }
  }

  /// The schema's `force_align` for the one vector of some tables; reflection does not tell it.
  private static func alignment(of typeName: String) -> Int {
    switch typeName {
    case "CustomQuantization": 16
    case "Uint16Vector", "Uint8Vector": 4
    default: 1
    }
  }
}

extension Int64 {
  /// Whether an integer field of that many bytes can hold the number.
  fileprivate func fits(size: Int, isSigned: Bool) -> Bool {
    guard size < 8 else { return true }
    let bits = Int64(8 * size)
    return isSigned
      ? self >= -(1 << (bits - 1)) && self < 1 << (bits - 1)
      : self >= 0 && self < 1 << bits
  }
}
