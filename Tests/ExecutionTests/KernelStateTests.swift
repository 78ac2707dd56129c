import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Execution

/// State that kernels keep for themselves, and runs that they end.
@Suite struct KernelStateTests {
  /// Frames of one number through CIRCULAR_BUFFER, which goes on in every second run, and a RESHAPE behind it.
  private var queue: Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 1, 1, 1])
    let kept = builder.value("kept", [1, 3, 1, 1], isVariable: true)
    builder.node(.custom, [input], [kept], customName: "CIRCULAR_BUFFER")
    let result = builder.value("y", [3])
    builder.node(.reshape, [kept], [result])
    builder.outputs([result])
    return Model(graphs: [builder.graph])
  }

  @Test func aRunThatEndsEarlyLeavesItsOutputs() throws {
    let session = Session(try Interpreter(queue))
    #expect(
      try (5...8).map { try session.run([[$0]]) } == [[[0, 0, 0]], [[0, 5, 6]], [[0, 5, 6]], [[6, 7, 8]]])
  }

  @Test func aResetForgetsTheState() throws {
    let session = Session(try Interpreter(queue))
    _ = try session.run([[5]])
    session.reset()
    #expect(try (6...7).map { try session.run([[$0]]) } == [[[0, 0, 0]], [[0, 6, 7]]])
  }

  @Test func sessionsHaveStatesOfTheirOwn() throws {
    let interpreter = try Interpreter(queue)
    let (first, second) = (Session(interpreter), Session(interpreter))
    _ = try first.run([[5]])
    #expect(try first.run([[6]]) == [[0, 5, 6]])
    #expect(try second.run([[7]]) == [[0, 0, 0]])
  }

  @Test func hugeStatesAreRefused() {
    var builder = GraphBuilder()
    let input = builder.input("x", [1 << 20, 1], .int16)
    let output = builder.value("y", [1 << 20, 1], .int16)
    builder.outputs([output])
    let name = Array("delay_length".utf8) + [0]
    // A map of one number, 2²⁴, with 32 bits for everything.
    let map: [UInt8] =
      name + [1, 0, 0, 0, 17, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 6, 5, 38, 1]
    let node = Node(
      code: OperatorCode(.custom, customName: "SignalDelay"), inputs: [input], outputs: [output],
      customOptions: Node.CustomOptions(bytes: map))
    let built = builder.graph
    let graph = Graph(nodes: [node], values: built.values, inputs: built.inputs, outputs: built.outputs)
    #expect(throws: ExecutionError.self) { try Interpreter(Model(graphs: [graph])) }
  }
}
