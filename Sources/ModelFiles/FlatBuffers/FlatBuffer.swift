/// Access to the tables of a FlatBuffer.
///
/// Every read is checked against the file's bounds, although the verifier has been there before: what
/// the schema does not know has not been verified.
struct FlatBuffer {
  let bytes: [UInt8]
  let state: ReadingState

  /// Positions of a table and of its list of slots.
  struct Table {
    let position: Int
    let slots: Int
    let slotCount: Int
  }

  /// The little-endian number at a position.
  func load<Integer: FixedWidthInteger>(
    _ type: Integer.Type, at position: Int
  ) throws(ModelFileError) -> Integer {
    let size = Integer.bitWidth / 8
    guard position >= 0, position <= bytes.count - size else { throw state.damaged() }
    var bits: UInt64 = 0
    for index in 0..<size { bits |= UInt64(bytes[position + index]) << UInt64(8 * index) }
    return Integer(truncatingIfNeeded: bits)
  }

  func root() throws(ModelFileError) -> Table { try table(at: target(at: 0)) }

  /// Where the offset stored at a position leads.
  func target(at position: Int) throws(ModelFileError) -> Int {
    position + Int(try load(UInt32.self, at: position))
  }

  func table(at position: Int) throws(ModelFileError) -> Table {
    let slots = position - Int(try load(Int32.self, at: position))
    let size = Int(try load(UInt16.self, at: slots))
    return Table(position: position, slots: slots + 4, slotCount: max(0, (size - 4) / 2))
  }

  /// Where a field is stored; nil where the table does not store it.
  func position(of slot: Int, in table: Table) throws(ModelFileError) -> Int? {
    guard slot < table.slotCount else { return nil }
    let offset = try load(UInt16.self, at: table.slots + 2 * slot)
    return offset == 0 ? nil : table.position + Int(offset)
  }

  /// Elements of the vector or string to which the offset at `position` leads.
  func elements(at position: Int, size: Int) throws(ModelFileError) -> (start: Int, count: Int) {
    let vector = try target(at: position)
    let count = Int(try load(UInt32.self, at: vector))
    let start = vector + 4
    guard count <= (bytes.count - start) / size else { throw state.damaged() }
    return (start, count)
  }

  /// Positions of the bytes of a vector.
  func byteRange(at position: Int) throws(ModelFileError) -> Range<Int> {
    let (start, count) = try elements(at: position, size: 1)
    return start..<start + count
  }

  func integers<Integer: FixedWidthInteger>(
    at position: Int, as type: Integer.Type
  ) throws(ModelFileError) -> [Integer] {
    let size = Integer.bitWidth / 8
    let (start, count) = try elements(at: position, size: size)
    try state.charge(count * size)
    var result: [Integer] = []
    result.reserveCapacity(count)
    for index in 0..<count { result.append(try load(type, at: start + index * size)) }
    return result
  }

  /// A text; what is not UTF-8 is kept as `ByteText` does.
  func string(at position: Int) throws(ModelFileError) -> String {
    let range = try byteRange(at: position)
    try state.charge(range.count)
    return ByteText.text(of: bytes[range])
  }

  func tables(at position: Int) throws(ModelFileError) -> [Table] {
    let (start, count) = try elements(at: position, size: 4)
    try state.charge(count * 4)
    var result: [Table] = []
    result.reserveCapacity(count)
    for index in 0..<count { result.append(try table(at: target(at: start + 4 * index))) }
    return result
  }

  /// Bytes behind the FlatBuffer, which the model finds by offset and size from the file's start.
  func appendedBytes(offset: UInt64, size: UInt64) throws(ModelFileError) -> ArraySlice<UInt8> {
    guard let start = Int(exactly: offset), let count = Int(exactly: size), start <= bytes.count,
      count <= bytes.count - start
    else {
      throw state.invalid("\(size) bytes at \(offset) lie outside the file of \(bytes.count) bytes")
    }
    state.claim(start..<start + count)
    return bytes[start..<start + count]
  }

  /// Notes where a table stores fields behind those that the schema knows.
  func noteUnknownFields(in table: Table, known: Int, typeName: String) throws(ModelFileError) {
    guard table.slotCount > known else { return }
    for slot in known..<table.slotCount where try position(of: slot, in: table) != nil {
      state.note("field \(slot) of \(typeName), newer than schema 3d")
      return
    }
  }
}
