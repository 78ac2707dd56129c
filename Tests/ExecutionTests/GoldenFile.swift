import Foundation

/// Cases of one operator with the answers of a real runtime; `Tests/Golden/README.md` describes the format.
struct GoldenFile {
  struct Case {
    let name: String
    let judge: UInt8
    let model: [UInt8]
    let runs: [Run]
  }

  struct Run {
    let inputs: [[UInt8]]
    let outputs: [[UInt8]]
  }

  struct Malformed: Error {}

  let cases: [Case]

  init(contentsOf url: URL) throws {
    var reader = Reader(bytes: [UInt8](try Data(contentsOf: url)))
    guard try reader.bytes(4) == Array("NNGV".utf8), try reader.word() == 1 else { throw Malformed() }
    cases = try (0..<(try reader.word())).map { _ in
      let name = String(decoding: try reader.block(), as: UTF8.self)
      let judge = try reader.bytes(1)[0]
      let model = try reader.block()
      let runs = try (0..<(try reader.word())).map { _ in
        Run(inputs: try reader.blocks(), outputs: try reader.blocks())
      }
      return Case(name: name, judge: judge, model: model, runs: runs)
    }
  }

  /// The folder of golden files, and those in it that the environment asks for (`NNOPT_GOLDEN=CONV_2D,ADD`).
  static var all: [URL] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden").resolvingSymlinksInPath()
    let wanted = ProcessInfo.processInfo.environment["NNOPT_GOLDEN"]?.split(separator: ",").map(String.init)
    let files =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "golden" }
      .filter { wanted?.contains($0.deletingPathExtension().lastPathComponent) ?? true }
      .sorted { $0.path < $1.path }
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    mutating func bytes(_ count: Int) throws -> [UInt8] {
      guard count <= bytes.count - position else { throw Malformed() }
      defer { position += count }
      return Array(bytes[position..<position + count])
    }

    mutating func word() throws -> Int {
      try bytes(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func block() throws -> [UInt8] { try bytes(try word()) }

    mutating func blocks() throws -> [[UInt8]] { try (0..<(try word())).map { _ in try block() } }
  }
}
