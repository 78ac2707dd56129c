import Foundation
import ModelFiles
import Tensors
import Testing

@testable import Execution
@testable import GraphIR

/// Damaged single-operator models either run or throw; none traps.
@Suite struct HostileModelTests {
  /// Loops are left out: a damaged condition may never become false.
  private static let files = GoldenFile.all.filter { $0.lastPathComponent != "WHILE.golden" }

  @Test(arguments: files)
  func neverTraps(file: URL) throws {
    var generator = SeededRandom(seed: 42)
    var tries = 0
    for golden in try GoldenFile(contentsOf: file).cases {
      let model = try ModelFile.parse(golden.model, name: golden.name)
      for _ in 0..<3 {
        var damaged = model
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          damage(&damaged.graphs[0], using: &generator)
        }
        runOnce(damaged, using: &generator)
        tries += 1
      }
    }
    #expect(tries > 0)
  }

  private func runOnce(_ model: Model, using generator: inout SeededRandom) {
    let graph = model.graphs[0]
    let fillers: [UInt8] = [0xFF, 0x80, 0x7F]
    let filler: UInt8 = fillers.randomElement(using: &generator) ?? 0
    let isNoise = Bool.random(using: &generator)
    let inputs = graph.inputs.compactMap(\.self).map { id -> [UInt8] in
      if !isNoise { return [UInt8](repeating: filler, count: graph[id].byteCount) }
      return (0..<graph[id].byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    _ = try? Session(try Interpreter(model)).run(inputs)
  }

  private func damage(_ graph: inout Graph, using generator: inout SeededRandom) {
    let scales: [Float] = [0, -1, .nan, .infinity, 1e-38, 3.4e38, 1, 0.05, -0.0, .leastNonzeroMagnitude]
    let zeroPoints: [Int64] = [0, 127, -128, 255, .max, .min, 1 << 31, -5, 32767, -32768]
    let types: [ElementType] = [.float32, .int8, .uint8, .int16, .int32, .int64, .bool, .float16, .int4]
    guard let index = graph.values.indices.randomElement(using: &generator) else { return }
    let quantization = graph.values[index].quantization
    switch Int.random(in: 0..<7, using: &generator) {
    case 0, 1:
      let count = max(1, quantization?.scales?.count ?? 1)
      graph.values[index].quantization = Quantization(
        scales: (0..<count).map { _ in scales.randomElement(using: &generator) ?? 1 },
        zeroPoints: quantization?.zeroPoints)
    case 2:
      graph.values[index].quantization = Quantization(
        scales: quantization?.scales ?? [0.1],
        zeroPoints: zeroPoints.randomElement(using: &generator).map { [$0] })
    case 3, 4:
      guard let axis = graph.values[index].dimensions?.indices.randomElement(using: &generator) else {
        return
      }
      graph.values[index].dimensions?[axis] = [0, 1, 2, 3, 7, 64].randomElement(using: &generator) ?? 1
    case 5: graph.values[index].elementType = types.randomElement(using: &generator) ?? .int8
    default:
      let isLonger = Bool.random(using: &generator)
      let dimensions = graph.values[index].dimensions ?? []
      graph.values[index].dimensions = isLonger ? dimensions + [1] : dimensions.dropLast()
    }
  }
}
