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
    #expect(reason { $0.graphs[0].nodes.reverse() } == "it reads tensor 2 before it is written")
    #expect(
      reason { $0.graphs[0].nodes[1].outputs = [ValueID(2)] }
        == "it writes tensor 2, which is a constant, an input or written before")
  }

  @Test func arityIsTheOperators() {
    #expect(reason { $0.graphs[0].nodes[0].inputs.removeLast() } == "it has 1 inputs")
    #expect(reason { $0.graphs[0].nodes[1].outputs = [] } == "it has 0 outputs")
  }

  @Test func constantsHaveTheBytesOfTheirShape() {
    #expect(
      reason { $0.graphs[0].values[1].dimensions = [5] } == "its data have 16 bytes; 5 as float32 has 20")
    var model = model()
    model.graphs[0].values[1].dimensions = [3]
    #expect(GraphVerifier().firstProblem(in: model)?.place == "subgraph 0, tensor 1 'w'")
    #expect(GraphVerifier(allowsLongConstants: true).firstProblem(in: model) == nil)
  }

  @Test func shapesAndScalesFit() {
    #expect(reason { $0.graphs[0].values[2].dimensions = [-1] } == "its shape [-1] is not representable")
    #expect(
      reason { $0.graphs[0].values[1].quantization = Quantization(scales: [1, 2], zeroPoints: [0]) }
        == "2 quantization scales do not fit axis 0 of 4")
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
      } == "it calls subgraph 4, which does not exist")
    #expect(
      reason {
        $0.signatures = [
          .init(key: "run", graph: GraphID(0), inputs: [.init(name: "x", value: ValueID(7))], outputs: nil)
        ]
      } == "'x' is tensor 7, which does not exist")
  }
}
