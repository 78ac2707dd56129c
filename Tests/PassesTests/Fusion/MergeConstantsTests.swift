import Passes
import Tensors
import Testing
import _TestSupport

@testable import GraphIR

@Suite struct MergeConstantsTests {
  private func model() -> Model {
    let sketch = Sketch()
    let x = sketch.input([1, 4])
    let (first, second) = (sketch.filled([4], 0.5), sketch.filled([4], 0.5))
    let reshaped = sketch.filled([1, 4], 0.5)
    let a = sketch.node(.add, [x, first], [1, 4], options: .add())
    let b = sketch.node(.mul, [a, second], [1, 4], options: .mul())
    return sketch.model(sketch.node(.sub, [b, reshaped], [1, 4], options: .sub()))
  }

  @Test func equalConstantsAreStoredOnce() throws {
    var model = model()
    var log = PassLog()
    MergeConstants.run(on: &model, log: &log)
    let removed = model.removeUnused()
    #expect(removed.values == 1)
    #expect(
      log.edits.map(\.sentence) == ["32 bytes of equal data stored once", "1 tensor equal to others"])
    let graph = model.graphs[0]
    #expect(graph.nodes[0].inputs[1] == graph.nodes[1].inputs[1])
    let data = graph.values.filter(\.isConstant).map { ObjectIdentifier($0.data) }
    #expect(Set(data).count == 1)
    #expect(try ModelPair(before: self.model(), after: model).difference().relative == 0)
  }

  @Test func variablesAndOtherScalesStay() {
    var model = model()
    model.graphs[0].values[2].isVariable = true
    model.graphs[0].values[3].quantization = .scale(1)
    var log = PassLog()
    MergeConstants.run(on: &model, log: &log)
    #expect(model.removeUnused().values == 0)
  }
}
