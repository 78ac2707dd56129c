import Datasets
import Tensors
import Testing
import _TestSupport

@testable import Execution
@testable import GraphIR

/// What the file stores stays as it is, whatever a model makes of it.
@Suite struct ConstantInputTests {
  private static let stored: [Float] = [1, -2, 3, -4]

  /// x → ABS → y, where x is an input and has data.
  private func model(offset: Int = 0) -> Model {
    var model = SampleModels.chain(.abs, .neg)
    let bytes = Self.stored.flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
    let padded = [UInt8](repeating: 7, count: offset) + bytes
    model.graphs[0].values[0].data = TensorData(padded[offset...])
    return model
  }

  /// Also where the bytes stand at an odd address.
  @Test(arguments: [0, 1, 3]) func samplesNeverReachTheModel(offset: Int) throws {
    let model = model(offset: offset)
    let before = Array(model.graphs[0].values[0].data.bytes)
    let interpreter = try Interpreter(model)
    let samples = try SampleSet.random(for: model, count: 200, seed: 1)
    let one = try ParallelRunner(threadCount: 1).run(interpreter, samples) { $1 }
    let many = try ParallelRunner(threadCount: 8).run(interpreter, samples) { $1 }
    #expect(one == many)
    #expect(one.allSatisfy { TensorData($0[0]).elements(Float.self) == [-1, -2, -3, -4] })
    #expect(Array(model.graphs[0].values[0].data.bytes) == before)
  }

  @Test func constantsAsOutputsAreGiven() throws {
    var model = model()
    model.graphs[0].outputs.append(ValueID(0))
    let outputs = try Session(Interpreter(model)).run([[UInt8](repeating: 9, count: 16)])
    #expect(TensorData(outputs[1]).elements(Float.self) == Self.stored)
  }

  @Test func calledGraphsKeepTheirConstants() throws {
    var model = SampleModels.call()
    let data = TensorData([UInt8](repeating: 0, count: 8))
    model.graphs[1].values[0].data = data
    let session = Session(try Interpreter(model))
    for _ in 0..<2 {
      let output = try session.run([[0, 0, 128, 63, 0, 0, 0, 64]])[0]
      #expect(TensorData(output).elements(Float.self).allSatisfy { $0 == 0 })
    }
    #expect(data.bytes.allSatisfy { $0 == 0 })
  }

  @Test func nodesThatWriteConstantsAreRefused() {
    var model = SampleModels.chain(.abs, .neg)
    model.graphs[0].values[1].data = TensorData([UInt8](repeating: 0, count: 16))
    #expect {
      try Interpreter(model)
    } throws: {
      "\($0)".contains("writes tensor 1, a constant")
    }
  }

  /// A variable with data has memory of its own, which starts at zeros.
  @Test func variablesWithDataLeaveThemAlone() throws {
    var model = model()
    model.graphs[0].values[0].isVariable = true
    let session = Session(try Interpreter(model))
    let output = try session.run([[UInt8](repeating: 0, count: 16)])[0]
    #expect(TensorData(output).elements(Float.self).allSatisfy { $0 == 0 })
    #expect(model.graphs[0].values[0].data.elements(Float.self) == Self.stored)
  }
}
