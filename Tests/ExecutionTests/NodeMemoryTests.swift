import GraphIR
import Testing
import _TestSupport

@testable import Execution

@Suite struct NodeMemoryTests {
  /// A file of some bytes can resize a picture to gigabytes: no table is made for it.
  @Test(arguments: [BuiltinOperator.resizeBilinear, .resizeNearestNeighbor])
  func hugePicturesAreRefusedAtOnce(code: BuiltinOperator) {
    var builder = GraphBuilder()
    let picture = builder.input("x", [1, 5, 5, 1])
    let sizes: [Int32] = [536_870_912, 2]
    let bytes = sizes.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    let size = builder.constant("size", [2], .int32, bytes: bytes)
    let output = builder.value("y", [1, 3, 2, 1])
    builder.node(code, [picture, size], [output])
    builder.outputs([output])
    let model = Model(graphs: [builder.graph])
    let start = ContinuousClock.now
    #expect(throws: ExecutionError.self) { try Interpreter(model) }
    #expect(RuntimeShapes.settled(model) == nil)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  /// Inputs of gigabytes are not made to see whether a loop's tensors change their sizes.
  @Test func hugeInputsOfLoopsAreRefusedAtOnce() throws {
    var model = RecurrentNet(.gru, .growingLoop).model()
    let main = model.graphs[0]
    try NodeMemory.check(declaredIn: model)
    for port in main.inputs.compactMap(\.self) {
      var edit = GraphEdit(of: main)
      edit[port].dimensions = [654_311_425]
      model.apply(edit, to: GraphID(0))
    }
    #expect(throws: ExecutionError.self) { try NodeMemory.check(declaredIn: model) }
    #expect(throws: ExecutionError.self) { try Interpreter(open: model) }
  }
}
