import GraphIR
import Operators
import Tensors
import Testing
import _TestSupport

@testable import Datasets
@testable import Execution

/// Whether models run with the shapes that their operators give, where the file declares those of another batch.
@Suite struct RuntimeShapesTests {
  /// What Keras writes for a reshape that keeps the batch: SHAPE, STRIDED_SLICE, PACK, RESHAPE.
  private func reshaping(declared batch: Int32, isOutputDeclaredSo: Bool = true) -> Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 2, 3], .float32)
    let shape = builder.value("shape", [3], .int32)
    builder.node(.shape, [input], [shape])
    let size = builder.value("size", [], .int32)
    let (begin, end, one) = (integers([0], &builder), integers([1], &builder), integers([1], &builder))
    let mask = Record("StridedSliceOptions", [.init(name: "shrink_axis_mask", value: .integer(1))])
    builder.node(.stridedSlice, [shape, begin, end, one], [size], options: mask)
    let six = builder.constant("six", [], .int32, bytes: [6, 0, 0, 0])
    let wanted = builder.value("wanted", [2], .int32)
    builder.node(.pack, [size, six], [wanted], options: Record("PackOptions", []))
    let flat = builder.value("flat", [batch, 6], .float32)
    builder.node(.reshape, [input, wanted], [flat])
    let result = builder.value("y", [isOutputDeclaredSo ? batch : 1, 6], .float32)
    builder.node(.abs, [flat], [result])
    builder.outputs([result])
    return Model(graphs: [builder.graph])
  }

  private func integers(_ numbers: [Int32], _ builder: inout GraphBuilder) -> ValueID {
    builder.constant("c", [Int32(numbers.count)], .int32, bytes: NumericElements.bytes(numbers))
  }

  private let numbers: [Float] = [1, -2, 3, -4, 5, -6]

  @Test(arguments: [1, 32] as [Int32], [true, false])
  func shapesThatAreComputedAreThoseOfTheInput(batch: Int32, isOutputDeclaredSo: Bool) throws {
    let model = reshaping(declared: batch, isOutputDeclaredSo: isOutputDeclaredSo)
    let interpreter = try Interpreter(model)
    let output = try Session(interpreter).run([NumericElements.bytes(numbers)])
    #expect(output == [NumericElements.bytes(numbers.map(abs))])
    let port = try #require(interpreter.model.graphs[0].outputs[0])
    #expect(interpreter.model.graphs[0][port].dimensions == [1, 6])
  }

  @Test func whatTheFileDeclaresRightlyStays() {
    #expect(RuntimeShapes.settled(reshaping(declared: 1)) == nil)
    #expect(RuntimeShapes.settled(SampleModels.chain(.abs, .neg)) == nil)
  }

  @Test func aPlanIsRunWithTheDeclaredShapes() {
    let model = reshaping(declared: 32)
    #expect(throws: ExecutionError.self) {
      try Interpreter(model, layout: ArenaLayout.separate(model))
    }
  }

  /// Every kind of operator whose result is declared for another batch, one after the other.
  @Test func everyFamilyGivesItsShape() throws {
    var builder = GraphBuilder()
    let batch: Int32 = 8
    let input = builder.input("x", [1, 4, 4, 2], .float32)
    let axes = integers([0, 0, 1, 1, 1, 1, 0, 0], &builder)
    var last = input
    func add(
      _ code: BuiltinOperator, _ more: [ValueID?], _ dimensions: [Int32], _ options: [(String, Int64)] = []
    ) {
      let next = builder.value("v", dimensions, .float32)
      let fields = options.map { Record.Field(name: $0.0, value: .integer($0.1)) }
      builder.node(code, [last] + more, [next], options: Record("Options", fields))
      last = next
    }
    add(.pad, [axes], [batch, 6, 6, 2])
    let stride: [(String, Int64)] = [("stride_h", 1), ("stride_w", 1), ("padding", 1)]
    let filter = builder.constant("f", [3, 3, 3, 2], .float32)
    add(.conv2D, [filter, nil], [batch, 4, 4, 3], stride)
    let thin = builder.constant("d", [1, 1, 1, 3], .float32)
    add(
      .depthwiseConv2D, [thin, nil], [batch, 4, 4, 3],
      stride + [("depth_multiplier", 1)])
    add(
      .averagePool2D, [], [batch, 2, 2, 3],
      [
        ("stride_h", 2), ("stride_w", 2), ("filter_height", 2), ("filter_width", 2), ("padding", 1),
      ])
    add(.concatenation, [last], [batch, 2, 2, 6], [("axis", 3)])
    add(.spaceToDepth, [], [batch, 1, 1, 24], [("block_size", 2)])
    add(.mean, [integers([1, 2], &builder)], [batch, 24])
    let weights = builder.constant("w", [5, 24], .float32)
    add(.fullyConnected, [weights, nil], [batch, 5])
    add(.softmax, [], [batch, 5])
    add(.transpose, [integers([1, 0], &builder)], [5, batch])
    add(.expandDims, [integers([0], &builder)], [1, 5, batch])
    builder.outputs([last])
    let interpreter = try Interpreter(Model(graphs: [builder.graph]))
    let graph = interpreter.model.graphs[0]
    let shapes = graph.nodes.map { graph[$0.outputs[0]].dimensions?.filter { $0 == batch }.isEmpty }
    #expect(shapes.allSatisfy { $0 == true })
    #expect(graph[last].dimensions == [1, 5, 1])
    _ = try Session(interpreter).run([[UInt8](repeating: 0, count: 128)])
  }

  @Test func impossibleShapesAreRefused() throws {
    var builder = GraphBuilder()
    let input = builder.input("x", [2, 3], .float32)
    let wanted = integers([4, -1], &builder)
    let result = builder.value("y", [4, 2], .float32)
    builder.node(.reshape, [input, wanted], [result])
    builder.outputs([result])
    let error = try #require(throws: ExecutionError.self) { try Interpreter(Model(graphs: [builder.graph])) }
    #expect("\(error)".contains("6 and 8 elements"))
  }
}
