import Execution
import GraphIR
import ModelFiles
import Tensors

/// A model before and after a pass, run on the same random inputs.
struct ModelPair {
  let before: Model
  let after: Model

  /// How far answers are apart.
  struct Difference {
    /// Differing bytes of outputs that are no floats.
    var bytes = 0
    /// The largest difference of float outputs over the largest answer.
    var relative: Float = 0
  }

  /// Runs both on seeded inputs; the second from the bytes of its file.
  ///
  /// - Throws: what reading, writing or running throws.
  func difference(samples: Int = 3, seed: UInt64 = 1) throws -> Difference {
    let reread = try ModelFile.parse(ModelFile.serialize(after), name: "rewritten")
    let sessions = try [before, reread].map { Session(try Interpreter($0)) }
    var generator = SeededRandom(seed: seed)
    var difference = Difference()
    for _ in 0..<samples {
      let inputs = before.graphs[0].inputs.compactMap(\.self).map {
        Self.bytes(for: before.graphs[0][$0], &generator)
      }
      let answers = try sessions.map { try $0.run(inputs) }
      for (port, pair) in zip(before.graphs[0].outputs.compactMap(\.self), zip(answers[0], answers[1])) {
        difference.add(before.graphs[0][port].elementType, pair.0, pair.1)
      }
    }
    return difference
  }

  private static func bytes(for value: Value, _ generator: inout SeededRandom) -> [UInt8] {
    guard value.elementType == .float32 else {
      return (0..<value.byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    return (0..<value.byteCount / 4).flatMap { _ in
      let bits = Float.random(in: -2...2, using: &generator).bitPattern
      return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
    }
  }
}

extension ModelPair.Difference {
  fileprivate mutating func add(_ type: ElementType, _ left: [UInt8], _ right: [UInt8]) {
    guard type == .float32 else {
      bytes += zip(left, right).count { $0 != $1 } + abs(left.count - right.count)
      return
    }
    let (left, right) = (TensorData(left).elements(Float.self), TensorData(right).elements(Float.self))
    let largest = left.map(abs).filter(\.isFinite).max() ?? 0
    for (first, second) in zip(left, right) where first != second && !(first.isNaN && second.isNaN) {
      relative = max(relative, largest > 0 ? abs(first - second) / largest : .infinity)
    }
  }
}
