import Operators
import Tensors
import _TestSupport

@testable import GraphIR

/// A node of an operator with state, to see what its kernel refuses.
struct RecurrentFixture {
  var builder = GraphBuilder()
  var inputs: [ValueID?] = []
  var outputs: [ValueID] = []

  mutating func input(_ dimensions: [Int32], _ type: ElementType = .float32, isVariable: Bool = false) {
    inputs.append(builder.value("input \(inputs.count)", dimensions, type, isVariable: isVariable))
  }

  mutating func output(_ dimensions: [Int32], _ type: ElementType = .float32) {
    outputs.append(builder.value("output \(outputs.count)", dimensions, type))
  }

  /// Why the kernel cannot be made, or nil where it can.
  func refusal(
    _ type: any Operator.Type, _ options: [(name: String, value: Int64)] = [], customOptions: [UInt8]? = nil,
    quantized: Bool = true
  ) -> KernelError? {
    var builder = builder
    let fields = options.map { Record.Field(name: $0.name, value: .integer($0.value)) }
    builder.node(type.builtin, inputs, outputs, options: Record("", fields), customName: type.customName)
    var graph = builder.graph
    graph.nodes[0].customOptions = customOptions.map { Node.CustomOptions(bytes: $0) }
    if quantized {
      for index in graph.values.indices {
        graph.values[index].quantization = Quantization(scales: [0.5], zeroPoints: [0])
      }
    }
    do throws(KernelError) {
      _ = try type.makeKernel(NodeContext(graph.nodes[0], in: graph))
      return nil
    } catch {
      return error
    }
  }
}
