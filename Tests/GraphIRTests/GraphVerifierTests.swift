import Tensors
import Testing
import _TestSupport

@testable import GraphIR

@Suite struct GraphVerifierTests {
  private func model() -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", [4], .float32)
    let constant = builder.constant("w", [4], .float32)
    let (a, b) = (builder.value("a", [4], .float32), builder.value("b", [4], .float32))
    builder.node(.add, [x, constant], [a])
    builder.node(.relu, [a], [b])
    builder.outputs([b])
    return Model(graphs: [builder.graph])
  }

  private func reason(_ change: (inout Model) -> Void) -> String? {
    var model = model()
    change(&model)
    return GraphVerifier().firstProblem(in: model)?.reason
  }

  @Test func soundModelHasNoProblem() { #expect(reason { _ in } == nil) }

  @Test func operandsMustExist() {
    #expect(
      reason { $0.graphs[0].nodes[1].inputs = [ValueID(9)] } == "it names tensor 9, which does not exist")
    #expect(
      reason { $0.graphs[0].outputs = [ValueID(9)] }
        == "an input or output is tensor 9, which does not exist")
  }

  @Test func valuesAreWrittenOnceAndBeforeTheyAreRead() {
    #expect(reason { $0.graphs[0].nodes.reverse() } == "reads tensor 2, which the later operator 1 writes")
    #expect(
      reason { $0.graphs[0].nodes[1].outputs = [ValueID(2)] }
        == "writes tensor 2, which operator 0 has written")
  }

  @Test func arityIsTheOperators() {
    #expect(reason { $0.graphs[0].nodes[0].inputs.removeLast() } == "it has 1 inputs")
    #expect(reason { $0.graphs[0].nodes[1].outputs = [] } == "it has 0 outputs")
  }

  @Test func useAndReadingAreLenient() {
    func accepts(_ verifier: GraphVerifier, _ change: (inout Node) -> Void) -> Bool {
      var model = model()
      change(&model.graphs[0].nodes[0])
      return verifier.firstProblem(in: model) == nil
    }
    for (verifier, takesFewer) in [(GraphVerifier.forUse, false), (.forReading, true)] {
      #expect(accepts(verifier) { $0.inputs.append(ValueID(0)) })
      #expect(accepts(verifier) { $0.inputs.removeLast() } == takesFewer)
    }
  }

  @Test func callTreesWithoutEndAreOfNoUse() {
    func problem(_ count: Int, calls: Int, next: (Int) -> Int, _ verifier: GraphVerifier) -> String? {
      let graphs = (0..<count).map { index in
        var builder = GraphBuilder()
        let x = builder.input("x", [1])
        let called = Record.Field(name: "subgraph", value: .integer(Int64(next(index))))
        for _ in 0..<calls where next(index) < count {
          builder.node(.call, [x], [builder.value("y", [1])], options: Record("", [called]))
        }
        if next(index) >= count { builder.node(.neg, [x], [builder.value("y", [1])]) }
        return builder.graph
      }
      return verifier.firstProblem(in: Model(graphs: graphs))?.reason
    }
    #expect(problem(64, calls: 1, next: { $0 + 1 }, .forUse) == nil)
    #expect(problem(65, calls: 1, next: { $0 + 1 }, .forUse) == "subgraphs call each other more than 64 deep")
    #expect(problem(65, calls: 1, next: { $0 + 1 }, .forReading) == nil)
    #expect(
      problem(31, calls: 2, next: { $0 + 1 }, .forUse)
        == "the calls of subgraphs unfold to more than 1000000 operators")
    #expect(
      problem(3, calls: 1, next: { ($0 + 1) % 3 }, .forReading)
        == "calls subgraph 0, which is still running: a cycle")
  }

  @Test func constantsHaveTheBytesOfTheirShape() {
    #expect(
      reason { $0.graphs[0].values[1].dimensions = [5] } == "its data have 16 bytes; 5 as float32 needs 20")
    var model = model()
    model.graphs[0].values[1].dimensions = [3]
    #expect(GraphVerifier().firstProblem(in: model)?.place == .tensor(1, subgraph: 0, name: "w"))
    #expect(GraphVerifier(.longConstants).firstProblem(in: model) == nil)
  }

  @Test func shapesAndScalesFit() {
    #expect(reason { $0.graphs[0].values[2].dimensions = [-1] } == "dimension -1 of its shape is negative")
    #expect(
      reason { $0.graphs[0].values[1].quantization = Quantization(scales: [1, 2], zeroPoints: [0]) }
        == "2 quantization scales for 4 indices of axis 0")
  }

  @Test func callsAndSignaturesStayInTheModel() {
    #expect(
      reason {
        $0.graphs[0].nodes.append(
          Node(
            code: OperatorCode(.callOnce), inputs: [], outputs: [],
            options: .init(
              code: 103,
              record: Record("CallOnceOptions", [.init(name: "init_subgraph_index", value: .integer(4))]))
          ))
      } == "calls subgraph 4; the model has 1")
    #expect(
      reason {
        $0.signatures = [
          .init(key: "run", graph: GraphID(0), inputs: [.init(name: "x", value: ValueID(7))], outputs: nil)
        ]
      } == "'x' is tensor 7, which does not exist")
  }
}
