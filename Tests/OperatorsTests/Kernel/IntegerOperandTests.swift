import GraphIR
import Tensors
import Testing

@testable import Operators

@Suite struct IntegerOperandTests {
  private func context(_ value: Value) -> NodeContext {
    let node = Node(code: OperatorCode(.pad), inputs: [ValueID(0)], outputs: [])
    return NodeContext(node, in: Graph(nodes: [node], values: [value], inputs: [], outputs: []))
  }

  @Test func limitsWideIntegersTo32Bits() throws {
    let bytes: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 128] + [5, 0, 0, 0, 0, 0, 0, 0] + [9, 9, 9, 9, 9, 9, 9, 9]
    let value = Value(name: nil, dimensions: [2], elementType: .int64, data: TensorData(bytes))
    #expect(try IntegerOperand(context(value), input: 0).constant == [Int(Int32.min), 5])
  }

  @Test func refusesOtherTypes() {
    let value = Value(name: nil, dimensions: [2], elementType: .float32)
    #expect(throws: KernelError.unsupportedType("input 0 is float32, not int32 or int64")) {
      try IntegerOperand(context(value), input: 0)
    }
  }
}
