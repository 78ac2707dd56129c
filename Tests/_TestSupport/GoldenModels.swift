package import Foundation

/// The models of a golden file; `Tests/Golden/README.md` describes the format.
package enum GoldenModels {
  package static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden").resolvingSymlinksInPath()

  /// The operators that have a file.
  package static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".golden") }.map { String($0.dropLast(7)) }.sorted()
  }

  package static func read(_ name: String) throws -> [[UInt8]] {
    let data = try Data(contentsOf: folder.appending(path: "\(name).golden"))
    var reader = Reader(bytes: [UInt8](data)[...])
    reader.skip(8)
    return (0..<reader.word()).map { _ in
      reader.skip(reader.word())
      reader.skip(1)
      let model = reader.take(reader.word())
      for _ in 0..<(2 * reader.word()) {
        for _ in 0..<reader.word() { reader.skip(reader.word()) }
      }
      return model
    }
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func take(_ count: Int) -> [UInt8] {
      defer { bytes = bytes.dropFirst(count) }
      return Array(bytes.prefix(count))
    }

    mutating func skip(_ count: Int) { bytes = bytes.dropFirst(count) }

    mutating func word() -> Int { take(4).reversed().reduce(0) { $0 << 8 | Int($1) } }
  }
}
