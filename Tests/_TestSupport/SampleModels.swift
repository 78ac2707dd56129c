package import GraphIR
import Tensors

/// Small models for tests.
package enum SampleModels {
  /// x → `first` → a → `second` → y, all float32 of one shape.
  package static func chain(
    _ first: BuiltinOperator, _ second: BuiltinOperator, dimensions: [Int32] = [1, 4]
  ) -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", dimensions, .float32)
    let a = builder.value("a", dimensions, .float32)
    let y = builder.value("y", dimensions, .float32)
    builder.node(first, [x], [a])
    builder.node(second, [a], [y])
    builder.outputs([y])
    return Model(graphs: [builder.graph])
  }

  /// Dequantizes an int8 input of any shape.
  package static func dequantizer(dimensions: [Int32], scale: Float, zeroPoint: Int64) -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", dimensions, .int8)
    let y = builder.value("y", dimensions, .float32)
    builder.node(.dequantize, [x], [y])
    builder.outputs([y])
    builder.quantize(x, Quantization(scales: [scale], zeroPoints: [zeroPoint]))
    return Model(graphs: [builder.graph])
  }

  /// Reads a variable, then assigns the input to it.
  package static func variable(zeroPoint: Int64) -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", [2], .int8)
    let handle = builder.value("handle", [1], .resource)
    let y = builder.value("y", [2], .int8)
    builder.node(
      .varHandle, [], [handle], options: Record("", [.init(name: "shared_name", value: .string("v"))]))
    builder.node(.readVariable, [handle], [y])
    builder.node(.assignVariable, [handle, x], [])
    builder.outputs([y])
    builder.quantize(x, Quantization(scales: [1], zeroPoints: [zeroPoint]))
    return Model(graphs: [builder.graph])
  }

  /// Calls a graph that negates.
  package static func call(calledDimensions: [Int32] = [2]) -> Model {
    var main = GraphBuilder()
    let x = main.input("x", [2], .float32)
    let y = main.value("y", [2], .float32)
    main.node(.call, [x], [y], options: Record("", [.init(name: "subgraph", value: .integer(1))]))
    main.outputs([y])
    var called = GraphBuilder()
    let a = called.input("a", calledDimensions, .float32)
    let b = called.value("b", calledDimensions, .float32)
    called.node(.neg, [a], [b])
    called.outputs([b])
    return Model(graphs: [main.graph, called.graph])
  }
}
