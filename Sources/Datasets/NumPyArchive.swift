package import Foundation

/// NumPy's .npz format: a ZIP archive of .npy files.
package struct NumPyArchive {
  private let file: String
  private let data: Data
  private let directory: ZipDirectory

  /// Reads an archive's directory; arrays are read when they are asked for.
  package init(_ path: String) throws(DataError) {
    try self.init(try FileContents.data(of: path), file: path)
  }

  /// - Parameter file: the archive's name for errors.
  package init(_ data: Data, file: String) throws(DataError) {
    do throws(ZipDirectory.Problem) {
      directory = try ZipDirectory(data)
    } catch {
      throw Self.error(error, file)
    }
    self.data = data
    self.file = file
  }

  /// The arrays' names in the archive's order, without `.npy`.
  package var names: [String] {
    directory.entries.filter { $0.name.hasSuffix(".npy") }.map { String($0.name.dropLast(4)) }
  }

  /// - Throws: `DataError` where there is no such array, or it is damaged.
  package func array(_ name: String) throws(DataError) -> NumericArray {
    guard let entry = directory.entries.first(where: { $0.name == name + ".npy" }) else {
      throw .unsupported(
        file: file, reason: "it has no array '\(name)', only \(names.joined(separator: ", "))")
    }
    return try NumPyFile.parse(try contents(of: entry), file: "\(file)(\(name))")
  }

  private func contents(of entry: ZipDirectory.Entry) throws(DataError) -> Data {
    guard !entry.isEncrypted else {
      throw .unsupported(file: file, reason: "'\(entry.name)' is encrypted; save it without a password")
    }
    let stored: Data
    do throws(ZipDirectory.Problem) {
      stored = try directory.contents(of: entry, in: data)
    } catch {
      throw Self.error(error, file)
    }
    let contents: Data
    switch entry.method {
    case 0 where entry.byteCount == stored.count: contents = stored
    case 8:
      try checkSize(of: entry, packed: stored)
      guard let bytes = Inflater.inflate(stored, byteCount: entry.byteCount) else {
        throw Self.error(ZipDirectory.Problem(reason: "'\(entry.name)' does not unpack to its size"), file)
      }
      contents = Data(bytes)
    case 0: throw Self.error(ZipDirectory.Problem(reason: "'\(entry.name)' has two sizes"), file)
    default:
      throw .unsupported(
        file: file,
        reason:
          "'\(entry.name)' is packed with method \(entry.method); save it with savez or savez_compressed")
    }
    guard Inflater.checksum(contents) == entry.checksum else {
      throw Self.error(ZipDirectory.Problem(reason: "'\(entry.name)' has a wrong checksum"), file)
    }
    return contents
  }

  /// Refuses an array's file that unpacks to more than its header needs, before memory is taken for it.
  private func checkSize(of entry: ZipDirectory.Entry, packed: Data) throws(DataError) {
    guard Inflater.isPossible(byteCount: entry.byteCount, from: packed.count) else { return }
    let name = "\(file)(\(entry.name.dropLast(4)))"
    let preamble = Inflater.prefix(of: packed, byteCount: NumPyFile.preambleByteCount)
    let offset = try NumPyFile.dataOffset(Data(preamble), file: name)
    let start = Data(Inflater.prefix(of: packed, byteCount: offset))
    let header = try NumPyFile.header(start, offset: offset, file: name)
    guard let byteCount = header.elementType.byteCount(elementCount: header.shape.elementCount),
      byteCount < entry.byteCount - offset
    else { return }
    throw NumPyFile.malformed(
      name, "it unpacks to \(entry.byteCount) bytes, and its array needs \(offset + byteCount) of them")
  }

  private static func error(_ problem: ZipDirectory.Problem, _ file: String) -> DataError {
    problem.isUnsupported
      ? .unsupported(file: file, reason: problem.reason)
      : .malformed(file: file, format: "a NumPy archive (.npz)", reason: problem.reason)
  }
}

extension NumPyArchive {
  /// An archive of files, not compressed.
  ///
  /// - Parameter arrays: names without `.npy`, and whole .npy files.
  /// - Returns: nil where names or sizes are more than the format without ZIP64 takes.
  package static func encode(_ arrays: [(name: String, file: [UInt8])]) -> [UInt8]? {
    guard arrays.count < 0xFFFF else { return nil }
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, file) in arrays {
      let name = Array((name + ".npy").utf8)
      guard name.count < 0xFFFF, archive.count + file.count + directory.count < 0xFFFF_0000 else {
        return nil
      }
      let checksum = Inflater.checksum(Data(file))
      // 1980-01-01, the format's first day: the same arrays give the same bytes.
      let common =
        words16(20, 0x0800, 0, 0, 0x21) + words32(checksum, UInt32(file.count), UInt32(file.count))
        + words16(UInt16(name.count), 0)
      let offset = UInt32(archive.count)
      directory += words32(0x0201_4B50) + words16(20) + common + words16(0, 0, 0) + words32(0, offset) + name
      archive += words32(0x0403_4B50) + common + name + file
    }
    let start = UInt32(archive.count)
    let count = UInt16(arrays.count)
    return archive + directory + words32(0x0605_4B50) + words16(0, 0, count, count)
      + words32(UInt32(directory.count), start) + words16(0)
  }

  private static func words16(_ words: UInt16...) -> [UInt8] {
    words.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  private static func words32(_ words: UInt32...) -> [UInt8] {
    words.flatMap { words16(UInt16($0 & 0xFFFF), UInt16($0 >> 16)) }
  }
}
