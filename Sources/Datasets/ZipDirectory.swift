import Foundation

/// The entries of a ZIP archive, from its central directory.
struct ZipDirectory {
  struct Entry: Equatable {
    let name: String
    let method: UInt16
    let checksum: UInt32
    let compressedByteCount: Int
    let byteCount: Int
    /// Where the entry's local header starts.
    let offset: Int
    let isEncrypted: Bool
  }

  let entries: [Entry]

  /// What is wrong with an archive, and whether it is sound but of an unsupported kind.
  struct Problem: Error, Equatable {
    let reason: String
    var isUnsupported = false
  }

  init(_ data: Data) throws(Problem) {
    let end = try Self.endRecord(data)
    guard let count = data.word16(end + 10), let size = data.word32(end + 12),
      let start = data.word32(end + 16)
    else { throw Problem(reason: "its end record is cut off") }
    guard count != 0xFFFF, size != 0xFFFF_FFFF, start != 0xFFFF_FFFF else {
      throw Problem(reason: "it is a ZIP64 archive; save each array as a .npy file", isUnsupported: true)
    }
    var entries: [Entry] = []
    var position = Int(start)
    for _ in 0..<count {
      let (entry, length) = try Self.entry(data, at: position)
      entries.append(entry)
      position += length
    }
    self.entries = entries
  }

  /// The compressed bytes of an entry.
  func contents(of entry: Entry, in data: Data) throws(Problem) -> Data {
    guard data.word32(entry.offset) == 0x0403_4B50, let nameCount = data.word16(entry.offset + 26),
      let extraCount = data.word16(entry.offset + 28)
    else { throw Problem(reason: "'\(entry.name)' has no local header") }
    let start = entry.offset + 30 + Int(nameCount) + Int(extraCount)
    guard start <= data.count, entry.compressedByteCount <= data.count - start else {
      throw Problem(reason: "'\(entry.name)' ends behind the file's end")
    }
    return data.dropFirst(start).prefix(entry.compressedByteCount)
  }

  /// Where the end-of-directory record starts; a comment of up to 65,535 bytes may follow it.
  private static func endRecord(_ data: Data) throws(Problem) -> Int {
    guard data.count >= 22 else { throw Problem(reason: "it is too short for an archive") }
    var position = data.count - 22
    let last = max(0, position - 0xFFFF)
    while position >= last {
      if data.word32(position) == 0x0605_4B50 { return position }
      position -= 1
    }
    throw Problem(reason: "it has no directory at its end; it may be cut off")
  }

  private static func entry(_ data: Data, at start: Int) throws(Problem) -> (Entry, length: Int) {
    guard data.word32(start) == 0x0201_4B50, let flags = data.word16(start + 8),
      let method = data.word16(start + 10), let checksum = data.word32(start + 16),
      let compressed = data.word32(start + 20), let size = data.word32(start + 24),
      let nameCount = data.word16(start + 28), let extraCount = data.word16(start + 30),
      let commentCount = data.word16(start + 32), let offset = data.word32(start + 42),
      start + 46 + Int(nameCount) <= data.count
    else { throw Problem(reason: "its directory is damaged") }
    guard compressed != 0xFFFF_FFFF, size != 0xFFFF_FFFF, offset != 0xFFFF_FFFF else {
      throw Problem(reason: "it has ZIP64 entries; save each array as a .npy file", isUnsupported: true)
    }
    let name = data.dropFirst(start + 46).prefix(Int(nameCount))
    let entry = Entry(
      name: String(decoding: name, as: UTF8.self), method: method, checksum: checksum,
      compressedByteCount: Int(compressed), byteCount: Int(size), offset: Int(offset),
      isEncrypted: flags & 1 != 0)
    return (entry, 46 + Int(nameCount) + Int(extraCount) + Int(commentCount))
  }
}

extension Data {
  /// The little-endian number at an offset from the start; nil behind the end.
  func word16(_ offset: Int) -> UInt16? {
    guard offset >= 0, offset <= count - 2 else { return nil }
    let start = startIndex + offset
    return UInt16(self[start]) | UInt16(self[start + 1]) << 8
  }

  /// The little-endian number at an offset from the start; nil behind the end.
  func word32(_ offset: Int) -> UInt32? {
    guard let low = word16(offset), let high = word16(offset + 2) else { return nil }
    return UInt32(low) | UInt32(high) << 16
  }
}
