import Tensors

/// Data of others behind a model: `TFLITE_METADATA` keeps files with labels in a ZIP archive there.
enum Appendix {
  /// Every model ends on such a boundary; the zeros up to it belong to the model.
  static let alignment = 16

  /// What stands in a file from `end`, where the model ends, offsets counting from its own start.
  static func bytes(of file: [UInt8], from end: Int) -> [UInt8] {
    let boundary = end.roundedUp(to: alignment)
    var start = end
    while start < min(boundary, file.count), file[start] == 0 { start += 1 }
    var bytes = Array(file[start...])
    ZIPArchive.moveOffsets(in: &bytes, by: -start)
    return bytes
  }

  /// An appendix as it must stand in a file at `start`.
  static func placed(_ appendix: [UInt8], at start: Int) -> [UInt8] {
    var bytes = appendix
    ZIPArchive.moveOffsets(in: &bytes, by: start)
    return bytes
  }
}

/// The offsets of a ZIP archive (PKWARE's APPNOTE 4.3; neither ZIP64 nor several disks).
enum ZIPArchive {
  private static let endSignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  private static let entrySignature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
  private static let endSize = 22
  private static let entrySize = 46

  /// Adds `distance` to every offset, where the bytes end as an archive and no offset leaves its range.
  ///
  /// - Parameter distance: Negative turns offsets from a file's start into offsets from the archive's.
  ///   An archive whose offsets already count from its own start stays as it is.
  static func moveOffsets(in bytes: inout [UInt8], by distance: Int) {
    guard let end = endRecord(of: bytes) else { return }
    let directorySize = number(bytes, at: end + 12, size: 4)
    let directory = end - directorySize
    let expected = distance < 0 ? directory - distance : directory
    guard directory >= 0, number(bytes, at: end + 16, size: 4) == expected else { return }
    var positions = [end + 16]
    var entry = directory
    while entry + entrySize <= end, bytes[entry..<entry + 4].elementsEqual(entrySignature) {
      positions.append(entry + 42)
      entry +=
        entrySize + number(bytes, at: entry + 28, size: 2) + number(bytes, at: entry + 30, size: 2)
        + number(bytes, at: entry + 32, size: 2)
    }
    let moved = positions.map { number(bytes, at: $0, size: 4) + distance }
    guard moved.allSatisfy({ UInt32(exactly: $0) != nil }) else { return }
    for (position, offset) in zip(positions, moved) {
      for index in 0..<4 { bytes[position + index] = UInt8(truncatingIfNeeded: offset >> (8 * index)) }
    }
  }

  /// Where the record stands with which an archive ends, a comment behind it included.
  private static func endRecord(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= endSize else { return nil }
    let first = max(0, bytes.count - endSize - Int(UInt16.max))
    return (first...bytes.count - endSize).reversed().first { position in
      bytes[position..<position + 4].elementsEqual(endSignature)
        && position + endSize + number(bytes, at: position + 20, size: 2) == bytes.count
    }
  }

  private static func number(_ bytes: [UInt8], at position: Int, size: Int) -> Int {
    (0..<size).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
  }
}
