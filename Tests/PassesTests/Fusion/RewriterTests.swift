import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct RewriterTests {
  /// Swaps RELU and NEG for ever.
  private struct Restless: RewriteRule {
    static let name = "restless"

    func match(at node: NodeID, in context: RewriteContext) -> RewriteMatch {
      var edit = GraphEdit(of: context.graph, "swapped")
      let old = context.graph[node]
      edit[node] = Node(
        code: OperatorCode(old.code.builtin == .relu ? .neg : .relu), inputs: old.inputs,
        outputs: old.outputs)
      return .found(edit)
    }
  }

  /// Gives the first node a wrong operand.
  private struct Breaking: RewriteRule {
    static let name = "breaking"

    func match(at node: NodeID, in context: RewriteContext) -> RewriteMatch {
      guard context.graph[node].code.builtin == .relu else { return .none }
      var edit = GraphEdit(of: context.graph, "broken")
      edit.remove(node)
      edit.insert(context.graph[node], before: NodeID(context.graph.nodes.count))
      return .found(edit)
    }
  }

  /// Makes a node that no kernel takes.
  private struct Careless: RewriteRule {
    static let name = "careless"

    func match(at node: NodeID, in context: RewriteContext) -> RewriteMatch {
      guard context.graph[node].code.builtin == .relu else { return .none }
      var edit = GraphEdit(of: context.graph, "made a SQUEEZE")
      let old = context.graph[node]
      edit[node] = Node(code: OperatorCode(.squeeze), inputs: old.inputs, outputs: old.outputs)
      return .found(edit)
    }
  }

  private func model() -> Model {
    let sketch = Sketch()
    let x = sketch.input([4, 1])
    let a = sketch.node(.relu, [x], [4, 1])
    return sketch.model(sketch.node(.neg, [a], [4, 1]))
  }

  #if DEBUG
    @Test func brokenModelNamesTheRule() {
      var model = model()
      var log = PassLog()
      #expect(throws: PassError.self) {
        try Rewriter([Breaking()], pass: "test").run(on: &model, log: &log)
      }
    }
  #endif

  @Test func whatNoKernelTakesIsRefused() throws {
    try RuleRun(Careless(), model()).expectRefusal(
      "SQUEEZE would not take it: output 0 is declared 4×1, but the operator gives 4")
  }

  @Test func entriesNameThePlace() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let a = sketch.node(.add, [x, x], [4], options: .add())
    let log = try RuleRun(FuseActivation(), sketch.model(sketch.node(.relu, [a], [4]))).log
    #expect(
      log.edits == [
        PassLog.Entry(rule: "fuse-activation", place: "operator 1 (RELU)", sentence: "fused into ADD 0")
      ])
  }

  @Test func editsEndWithTheBudget() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    var model = sketch.model(sketch.node(.relu, [x], [4]))
    var log = PassLog()
    try Rewriter([Restless()], pass: "test", workLimit: 300).run(on: &model, log: &log)
    #expect(log.edits.count == 100)
  }
}
