import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Execution

@Suite struct CallSignatureTests {
  private func message(_ model: Model) -> String {
    do {
      _ = try Interpreter(model)
      return ""
    } catch {
      return "\(error)"
    }
  }

  /// A graph with one node that may call graph 1, which has an input and an output.
  private func model(
    _ builtin: BuiltinOperator, _ field: String, inputs: [ElementType], outputs: [ElementType]
  ) -> Model {
    var main = GraphBuilder()
    let ins = inputs.map { main.input("i", [1], $0) }
    let outs = outputs.map { main.value("o", [1], $0) }
    let names =
      builtin == .if ? ["then_subgraph_index", "else_subgraph_index"] : [field, "body_subgraph_index"]
    main.node(
      builtin, ins, outs, options: Record("", names.map { .init(name: $0, value: .integer(1)) }))
    main.outputs(outs)
    var called = GraphBuilder()
    let a = called.input("a", [1], .float32)
    let b = called.value("b", [1], .float32)
    called.node(.neg, [a], [b])
    called.outputs([b])
    return Model(graphs: [main.graph, called.graph])
  }

  @Test func callsWhoseOperandsDoNotFitAreRefused() {
    #expect(
      message(model(.if, "", inputs: [.bool, .float32, .float32], outputs: [.float32]))
        == "operator 0 (IF): subgraph 1 has 1 inputs, the operator gives 2")
    #expect(
      message(model(.if, "", inputs: [.int8, .float32], outputs: [.float32]))
        == "operator 0 (IF): input 0 is int8 of 1 bytes, expected one bool")
    #expect(message(model(.if, "", inputs: [], outputs: [])) == "operator 0 (IF): input 0 is missing")
    #expect(
      message(model(.if, "", inputs: [.bool, .float32], outputs: [.int8]))
        == "operator 0 (IF): output 0 is int8 1, output 0 of subgraph 1 float32 1")
    #expect(
      message(model(.while, "cond_subgraph_index", inputs: [.float32], outputs: [.float32]))
        == "operator 0 (WHILE): the output of subgraph 1 is float32 of 4 bytes, expected one bool")
    #expect(
      message(model(.callOnce, "init_subgraph_index", inputs: [], outputs: []))
        == "operator 0 (CALL_ONCE): subgraph 1 has 1 inputs, the operator gives 0")
    #expect(
      message(SampleModels.call(calledDimensions: [3]))
        == "operator 0 (CALL): input 0 is float32 2, input 0 of subgraph 1 float32 3")
  }

  @Test func variablesWithoutOperandsAreRefused() {
    #expect(
      message(model(.varHandle, "", inputs: [], outputs: []))
        == "subgraph 0, operator 0 (VAR_HANDLE): it has 0 outputs")
    #expect(
      message(model(.readVariable, "", inputs: [.resource], outputs: []))
        == "subgraph 0, operator 0 (READ_VARIABLE): it has 0 outputs")
    #expect(
      message(model(.assignVariable, "", inputs: [.float32, .float32], outputs: []))
        == "operator 0 (ASSIGN_VARIABLE): input 0 is float32 of 4 bytes, expected one resource")
  }

  @Test func chainsOfCallsEndSomewhere() {
    let count = CallTree.depthLimit + 1
    let graphs = (0..<count).map { index in
      var builder = GraphBuilder()
      let x = builder.input("x", [1], .float32)
      let y = builder.value("y", [1], .float32)
      if index + 1 < count {
        let target = FieldValue.integer(Int64(index + 1))
        builder.node(.call, [x], [y], options: Record("", [.init(name: "subgraph", value: target)]))
      } else {
        builder.node(.neg, [x], [y])
      }
      builder.outputs([y])
      return builder.graph
    }
    #expect(message(Model(graphs: graphs)) == "model: subgraphs call each other more than 64 deep")
    #expect(message(Model(graphs: Array(graphs.dropFirst()))).contains("64 deep") == false)
  }
}
