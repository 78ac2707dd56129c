import Foundation
import GraphIR
import ModelFiles
import Operators
import Tensors
import Testing

@testable import Execution

/// Every case of every operator against the answers of TFLM or LiteRT's reference kernels.
@Suite struct GoldenTests {
  @Test(arguments: GoldenFile.all)
  func equalsTheRuntime(file: URL) throws {
    for golden in try GoldenFile(contentsOf: file).cases {
      do {
        let differences = try differences(of: golden)
        if let differences { Issue.record("\(golden.name): \(differences)") }
      } catch {
        Issue.record("\(golden.name): \(error)")
      }
    }
  }

  /// CONV_3D has no kernel.
  @Test(
    arguments: Registry.operators.filter { $0.builtin != .conv3D }.map { $0.customName ?? $0.builtin.name })
  func everyOperatorHasGoldenVectors(name: String) {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden")
      .standardized
    let file = folder.appending(path: "\(name).golden").path
    #expect(
      FileManager.default.fileExists(atPath: file), "\(name): Scripts/peers/generate_golden.py records it")
  }

  /// What the first run that differs gives, or nil where all runs are equal.
  private func differences(of golden: GoldenFile.Case) throws -> String? {
    let model = try ModelFile.parse(golden.model, name: golden.name)
    let session = Session(try Interpreter(model))
    for (number, run) in golden.runs.enumerated() {
      let outputs = try session.run(run.inputs)
      for (position, pair) in zip(outputs, run.outputs).enumerated() {
        let type = model.graphs[0].outputs[position].map { model.graphs[0][$0].elementType } ?? .uint8
        if let difference = Comparison.difference(pair.0, pair.1, type) {
          return "run \(number), output \(position): \(difference)"
        }
      }
    }
    return nil
  }
}

/// Comparison of a kernel's answer with a runtime's.
enum Comparison {
  /// The first difference, or nil: floats within 1e-5 relative or absolute, all else byte for byte.
  static func difference(_ ours: [UInt8], _ theirs: [UInt8], _ type: ElementType) -> String? {
    guard ours.count == theirs.count else { return "\(ours.count) bytes, expected \(theirs.count)" }
    guard type == .float32 || type == .complex64 else {
      guard let index = ours.indices.first(where: { ours[$0] != theirs[$0] }) else { return nil }
      let count = ours.indices.filter { ours[$0] != theirs[$0] }.count
      return
        "\(count) of \(ours.count) bytes differ, first at \(index): \(ours[index]) instead of \(theirs[index])"
    }
    let left = TensorData(ours).elements(Float.self)
    let right = TensorData(theirs).elements(Float.self)
    for (index, (a, b)) in zip(left, right).enumerated() where !isClose(a, b) {
      return "element \(index) is \(a) instead of \(b)"
    }
    return nil
  }

  private static func isClose(_ a: Float, _ b: Float) -> Bool {
    a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 1e-5 * max(1e-2, abs(a), abs(b))
  }
}
