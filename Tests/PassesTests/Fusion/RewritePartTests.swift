import Execution
import GraphIR
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import Passes

/// Large graphs are rewritten in parts, to the same end as small ones.
@Suite struct RewritePartTests {
  private func rewritten(_ model: Model, partsAbove: Int, sizes: [Int]) throws -> Model {
    var (result, log) = (model, PassLog())
    try Rewriter(CleanUp().rules, pass: "test", partsAbove: partsAbove, partSizes: sizes)
      .run(on: &result, log: &log)
    return result
  }

  private func answers(_ model: Model) throws -> [[UInt8]] {
    let inputs = model.graphs[0].inputs.compactMap(\.self).map { input in
      (0..<model.graphs[0][input].byteCount).map { UInt8(truncatingIfNeeded: $0 &* 7 % 61) }
    }
    return try Session(Interpreter(model)).run(inputs)
  }

  /// Branches in layers: the partner of every operator is far from it in the order.
  private func branches(_ count: Int) -> Model {
    let sketch = Sketch()
    let x = sketch.input([4, 2])
    let first = (0..<count).map { _ in
      sketch.node(.reshape, [x, sketch.integers([8])], [8], options: .reshape)
    }
    let second = first.map { sketch.node(.neg, [$0], [8]) }
    let third = second.map {
      sketch.node(.reshape, [$0, sketch.integers([8, 1])], [8, 1], options: .reshape)
    }
    let last = third.map {
      sketch.node(.reshape, [$0, sketch.integers([1, 8])], [1, 8], options: .reshape)
    }
    return sketch.model(sketch.node(.addN, last, [1, 8]))
  }

  @Test(arguments: [[3], [2, 7], [4, 16, 64]])
  func partsLeadToTheSameEnd(sizes: [Int]) throws {
    let model = branches(20)
    let whole = try rewritten(model, partsAbove: .max, sizes: [])
    let parts = try rewritten(model, partsAbove: 0, sizes: sizes)
    #expect(parts.graphs[0].nodes.count == whole.graphs[0].nodes.count)
    #expect(try answers(parts) == answers(model))
    #expect(try answers(whole) == answers(model))
  }

  @Test(arguments: [[3], [5, 20]])
  func ownModelsGiveTheSameAnswers(sizes: [Int]) throws {
    for path in OwnModels.paths where path.contains("int8") {
      let (name, model) = (path, try ModelFile.read(path: path))
      let parts = try rewritten(model, partsAbove: 0, sizes: sizes)
      let whole = try rewritten(model, partsAbove: .max, sizes: [])
      #expect(parts.graphs[0].nodes.count == whole.graphs[0].nodes.count, "\(name)")
      #expect(try answers(parts) == answers(model), "\(name)")
    }
  }
}
