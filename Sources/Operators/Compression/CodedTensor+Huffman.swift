import Tensors

extension CodedTensor {
  /// Walks tables as `DecodeStateHuffman` does: an entry is a symbol with the bits that it takes of this step, or the
  /// way to the next table with the bits of that.
  ///
  /// Bits behind the end may be looked at, as the runtime does, but not taken.
  func unpacked(_ firstBits: Int, _ isWide: Bool) throws(KernelError) -> [UInt8] {
    let tables = HuffmanTables(ancillary.dropFirst(WeightCoding.headerByteCount), isWide: isWide)
    var reader = BitReader(encoded)
    var result: [UInt8] = []
    result.reserveCapacity(elementCount * width)
    for index in 0..<elementCount {
      let symbol = try tables.symbol(&reader, firstBits)
      guard let symbol, reader.position <= reader.bitCount else {
        throw .invalidData("the code of element \(index) has no end")
      }
      result.append(UInt8(truncatingIfNeeded: symbol))
      if width == 2 { result.append(UInt8(truncatingIfNeeded: symbol >> 8)) }
    }
    return result
  }
}

/// The tables of a prefix code, one behind the other.
private struct HuffmanTables {
  private let entries: [UInt32]
  private let countShift: Int

  init(_ bytes: ArraySlice<UInt8>, isWide: Bool) {
    let data = TensorData(bytes)
    entries = isWide ? data.elements(UInt32.self) : data.elements(UInt16.self).map(UInt32.init)
    countShift = isWide ? 27 : 11
  }

  /// The next symbol; nil where the code goes on behind the end.
  func symbol(_ reader: inout BitReader, _ firstBits: Int) throws(KernelError) -> Int? {
    var bits = firstBits
    var place = reader.read(bits)
    var entry = try entry(place)
    while entry >> (countShift + 4) & 1 == 0 {
      guard reader.position <= reader.bitCount else { return nil }
      bits = count(entry) + 1
      place += Int(entry & ((1 << countShift) - 1)) + reader.read(bits)
      entry = try self.entry(place)
    }
    if bits > count(entry) { reader.putBack(bits - count(entry)) }
    return Int(entry & ((1 << countShift) - 1))
  }

  private func count(_ entry: UInt32) -> Int { Int(entry >> countShift & 15) }

  private func entry(_ place: Int) throws(KernelError) -> UInt32 {
    guard entries.indices.contains(place) else {
      throw .invalidData("a table has no entry \(place): the ancillary tensor has \(entries.count)")
    }
    return entries[place]
  }
}
