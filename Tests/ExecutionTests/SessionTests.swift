import GraphIR
import Operators
import Tensors
import Testing
import _TestSupport

@testable import Datasets
@testable import Execution

@Suite struct SessionTests {
  @Test func variablesHoldTheirZeroPointBeforeTheFirstAssignment() throws {
    let session = Session(try Interpreter(SampleModels.variable(zeroPoint: -3)))
    #expect(try session.run([[1, 2]]) == [[0xFD, 0xFD]])
    #expect(try session.run([[5, 6]]) == [[1, 2]])
    session.reset()
    #expect(try session.run([[7, 8]]) == [[0xFD, 0xFD]])
  }

  @Test func calledGraphsRun() throws {
    let session = Session(try Interpreter(SampleModels.call()))
    let output = try session.run([NumericElements.bytes([1, -2] as [Float])])
    #expect(output == [NumericElements.bytes([-1, 2] as [Float])])
  }

  @Test func everyNodeIsObserved() throws {
    let session = Session(try Interpreter(SampleModels.chain(.abs, .neg)))
    var events: [String] = []
    session.willRun = { graph, node in events.append("will \(graph.index).\(node.index)") }
    session.didRun = { _, node, outputs in
      events.append("did \(node.index): \(outputs[0].elements(Float.self).array())")
    }
    _ = try session.run([NumericElements.bytes([1, -2, 3, -4] as [Float])])
    #expect(
      events == [
        "will 0.0", "did 0: [1.0, 2.0, 3.0, 4.0]", "will 0.1", "did 1: [-1.0, -2.0, -3.0, -4.0]",
      ])
  }

  @Test func inputsOfWrongSizeAreRefused() throws {
    let session = Session(try Interpreter(SampleModels.chain(.abs, .neg)))
    #expect(throws: ExecutionError.invalidInput("input 'x' takes 16 bytes, got 4")) {
      try session.run([[0, 0, 0, 0]])
    }
    #expect(throws: ExecutionError.invalidInput("the model has 1 inputs, got 2")) {
      try session.run([[], []])
    }
  }
}
