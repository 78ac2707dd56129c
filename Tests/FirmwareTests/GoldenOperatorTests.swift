import Foundation
import ModelFiles
import Testing

@testable import Firmware

/// Warnings against single-operator models that a real TFLM has run, or refused.
@Suite struct GoldenOperatorTests {
  private static let folder = Samples.project.appending(path: "Tests/Golden")

  private static let operators: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".golden") }.map { String($0.dropLast(7)) }.sorted()
  }()

  /// What TFLM runs, but answers otherwise than LiteRT, which has judged this case.
  private static let judgedOtherwise = ["tflite_detection_postprocess/float32/fast/two_classes"]

  /// Cases whose scales or zero points TFLM's kernel does not use, as their names say.
  private static let odd = ["maximum/int", "minimum/int", "relu6/int"]

  @Test(arguments: operators)
  func warningsAppearExactlyWhereTFLMRefuses(name: String) throws {
    for golden in try GoldenCases.read(Self.folder.appending(path: "\(name).golden")) {
      let model = try ModelFile.parse(golden.model, name: golden.name)
      // That an operator is new says nothing against the model.
      let warnings = try Samples.firmware(model).warnings.filter { $0.kind != .library }
      let isOdd =
        Self.odd.contains(where: golden.name.hasPrefix) || golden.name.hasSuffix("/weight_zero_point")
      if golden.isRunByTFLM {
        #expect(!warnings.contains { $0.isRefusal }, "\(golden.name): \(warnings)")
        #expect(warnings.isEmpty || isOdd, "\(golden.name): \(warnings)")
      } else if !Self.judgedOtherwise.contains(golden.name) {
        #expect(warnings.contains { $0.severity != .warning }, "\(golden.name)")
      }
    }
  }
}

/// The models of a golden file; `Tests/Golden/README.md` describes the format.
private struct GoldenCases {
  struct Case {
    let name: String
    let isRunByTFLM: Bool
    let model: [UInt8]
  }

  private var bytes: ArraySlice<UInt8>

  static func read(_ file: URL) throws -> [Case] {
    var reader = GoldenCases(bytes: [UInt8](try Data(contentsOf: file))[...])
    _ = reader.take(8)
    return (0..<reader.word()).map { _ in
      let name = String(decoding: reader.take(reader.word()), as: UTF8.self)
      let judge = reader.take(1)
      let model = reader.take(reader.word())
      for _ in 0..<(2 * reader.word()) {
        for _ in 0..<reader.word() { _ = reader.take(reader.word()) }
      }
      return Case(name: name, isRunByTFLM: judge == [0], model: model)
    }
  }

  private mutating func take(_ count: Int) -> [UInt8] {
    defer { bytes = bytes.dropFirst(count) }
    return Array(bytes.prefix(count))
  }

  private mutating func word() -> Int { take(4).reversed().reduce(0) { $0 << 8 | Int($1) } }
}
