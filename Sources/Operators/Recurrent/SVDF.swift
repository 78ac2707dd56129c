package import GraphIR
import Tensors

/// Singular value decomposition filter: a rank-limited layer over features and past time steps.
///
/// Inputs: features batch×I, feature weights F×I, time weights F×M, optional bias U, state
/// batch×(M·F), where U = F / rank. Output batch×U. Equals TFLM's SVDF for float32 and for int8 with
/// an int16 or int8 state, and LiteRT's for float32 with int8 weights.
package enum SVDF: Operator {
  package static let builtin = BuiltinOperator.svdf

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let features = graph.inputShape(1, of: node), let time = graph.inputShape(2, of: node),
      let input = graph.inputShape(0, of: node), features.rank == 2, time.rank == 2, input.rank == 2
    else { return 0 }
    return input[0].saturatingMultiply(features.elementCount + time.elementCount)
  }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let geometry = try SVDFGeometry(context)
    let activation = FusedActivation(context.attributes)
    let types = (try context.input(0).elementType, try context.input(1).elementType)
    switch types {
    case (.float32, .float32):
      try checkOperands(context, geometry, time: .float32, state: .float32, bias: .float32)
      return SVDFFloatKernel(geometry: geometry, activation: activation)
    case (.float32, .int8), (.float32, .uint8):
      try checkOperands(context, geometry, time: types.1, state: .float32, bias: .float32)
      return SVDFHybridKernel(
        geometry: geometry, activation: activation,
        quantizer: HybridQuantizer(isAsymmetric: context.attributes.bool("asymmetric_quantize_inputs")),
        featureScale: try context.perTensorQuantization(1).scale,
        timeScale: try context.perTensorQuantization(2).scale)
    case (.int8, .int8):
      let state = try context.input(4).elementType
      guard state == .int8 || state == .int16 else {
        throw .unsupportedType("input 4 is \(state), expected int8 or int16")
      }
      try checkOperands(context, geometry, time: state, state: state, bias: .int32)
      return state == .int8
        ? try SVDFIntegerKernel<Int8>(context, geometry).specialized()
        : try SVDFIntegerKernel<Int16>(context, geometry).specialized()
    default:
      throw .unsupportedType(
        "input 0 is \(types.0) and input 1 \(types.1); SVDF takes float32, int8, and float32 with int8 weights"
      )
    }
  }

  private static func checkOperands(
    _ context: NodeContext, _ geometry: SVDFGeometry, time: ElementType, state: ElementType, bias: ElementType
  ) throws(KernelError) {
    let input = try context.input(0).elementType
    _ = try context.input(2, is: time, [geometry.filters, geometry.memory])
    if context.optionalInput(3) != nil { _ = try context.input(3, is: bias, [geometry.units]) }
    _ = try context.state(4, is: state, elementCount: geometry.stateCount)
    _ = try context.output(is: input, [geometry.batch, geometry.units])
  }
}

/// The sizes of an SVDF.
struct SVDFGeometry: Sendable {
  let batch: Int
  let inputs: Int
  let filters: Int
  let rank: Int
  let memory: Int
  let stateCount: Int

  var units: Int { filters / rank }

  /// Where a row of the state starts.
  @inline(__always)
  func stateRow(_ row: Int, filter: Int) -> Int { (row * filters + filter) * memory }

  /// - Throws: `invalidShape` where the operands' shapes do not fit each other.
  init(_ context: NodeContext) throws(KernelError) {
    let input = try context.inputShape(0, rank: 2)
    let feature = try context.inputShape(1, rank: 2)
    let time = try context.inputShape(2, rank: 2)
    rank = context.attributes.integer("rank")
    batch = input[0]
    inputs = input[1]
    filters = feature[0]
    memory = time[1]
    guard rank > 0, filters % rank == 0 else {
      throw .invalidShape("\(filters) filters do not divide by rank \(rank)")
    }
    guard feature[1] == inputs else {
      throw .invalidShape("input 1 is \(feature), expected \(inputs) columns as input 0 has")
    }
    guard input.elementCount > 0, time.elementCount > 0 else {
      throw .invalidShape("input 0 is \(input) and input 2 \(time), neither may be empty")
    }
    stateCount = batch.saturatingMultiply(filters.saturatingMultiply(memory))
  }
}
