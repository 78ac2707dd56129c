import Foundation
import ModelFiles
import Testing
import _TestSupport

@testable import Runtimes

/// The arenas of single-operator models, measured with the tflite-micro Python package.
@Suite struct GoldenArenaTests {
  @Test(arguments: GoldenArenas.operators)
  func predictionsEqualTheRuntime(name: String) throws {
    let models = try GoldenModels.read(name)
    for measured in GoldenArenas.all where measured.operatorName == name {
      let model = try ModelFile.parse(models[measured.index], name: "\(name) \(measured.index)")
      let prediction = try TFLMRuntime(.host).predict(model)
      #expect(prediction.unknownOperators.isEmpty)
      #expect(prediction.headBytes == measured.head, "case \(measured.index)")
      #expect(prediction.tailBytes == measured.tail, "case \(measured.index)")
      // The runtime lets a kernel's last allocation overlap its temporaries; predictions do not.
      let excess = prediction.smallestArenaBytes - measured.smallest
      #expect((0...64).contains(excess), "case \(measured.index)")
      #expect(excess == 0 || Self.allocatesLast.contains(name), "case \(measured.index)")
    }
  }

  /// Operators whose kernels allocate in the tail after they have inspected their tensors.
  private static let allocatesLast: Set = [
    "BATCH_MATMUL", "CUMSUM", "DEPTH_TO_SPACE", "EMBEDDING_LOOKUP", "FULLY_CONNECTED", "GATHER", "GATHER_ND",
    "LOG_SOFTMAX", "SOFTMAX", "SPACE_TO_DEPTH", "TFLM_DECODE",
  ]
}

/// The rows of `Tests/Golden/arena.csv`.
enum GoldenArenas {
  struct Row {
    let operatorName: String
    let index: Int
    let head: Int
    let tail: Int
    let smallest: Int
  }

  static let all: [Row] = load()

  static var operators: [String] { Set(all.map(\.operatorName)).sorted() }

  private static func load() -> [Row] {
    let table = GoldenModels.folder.appending(path: "arena.csv")
    let text = (try? String(contentsOf: table, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let cells = line.split(separator: ",")
      let numbers = cells.dropFirst().compactMap { Int($0) }
      guard numbers.count == 4 else { return nil }
      return Row(
        operatorName: String(cells[0]), index: numbers[0], head: numbers[1], tail: numbers[2],
        smallest: numbers[3])
    }
  }
}
