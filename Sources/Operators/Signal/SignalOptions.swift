import GraphIR
import Tensors

/// The options of an operator of TFLM's signal library: a FlexBuffers map of numbers.
///
/// TFLM reads them by their place in the map, whose keys stand in alphabetical order, and takes what is absent for 0;
/// nnopt refuses a map without a number that the operator runs on.
struct SignalOptions {
  private let map: FlexBufferMap

  /// - Throws: `unsupported` where the node has no map of options.
  init(_ context: NodeContext) throws(KernelError) {
    map = try FlexBufferMap(context.node.customOptions?.bytes ?? [])
  }

  /// A number that has to be there and in a range.
  func integer(_ key: String, in range: ClosedRange<Int>) throws(KernelError) -> Int {
    guard map[key] != nil else { throw .unsupported("its options have no number \(key)") }
    let number = map.integer(key)
    guard range.contains(number) else {
      throw .unsupported("\(key) is \(number), expected \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number of 32 bits, as the kernel takes it for an unsigned one.
  func word(_ key: String) throws(KernelError) -> UInt32 {
    UInt32(truncatingIfNeeded: try integer(key, in: -(1 << 31)...Int(UInt32.max)))
  }

  func flag(_ key: String) throws(KernelError) -> Bool {
    guard map[key] != nil else { throw .unsupported("its options have no flag \(key)") }
    return map.integer(key) != 0
  }

  /// The element type that the options name; float32 where they name none.
  var elementType: ElementType? { Int8(exactly: map.integer("T")).flatMap { ElementType(rawValue: $0) } }
}

extension NodeContext {
  /// The shape of an operand of a type; of one axis, or none, where the kernel asks for so many.
  func signalInput(_ position: Int, _ type: ElementType, rank: Int? = nil) throws(KernelError) -> Shape {
    let value = try input(position)
    try requireDense(input: position)
    let shape = try inputShape(position)
    try Self.check(value.elementType, shape, "input \(position)", type, rank)
    return shape
  }

  /// The shape of a result of a type.
  func signalOutput(
    _ position: Int = 0, _ type: ElementType, rank: Int? = nil
  ) throws(KernelError) -> Shape {
    let shape = try outputShape(position)
    try Self.check(try output(position).elementType, shape, "output \(position)", type, rank)
    return shape
  }

  private static func check(
    _ type: ElementType, _ shape: Shape, _ name: String, _ wanted: ElementType, _ rank: Int?
  ) throws(KernelError) {
    guard type == wanted else { throw .unsupportedType("\(name) is \(type), expected \(wanted)") }
    if let rank, shape.rank != rank {
      throw .invalidShape("\(name) is \(shape), expected \(rank) dimensions")
    }
  }
}

/// The frames of a tensor: rows of the last axis.
struct FrameRows: Sendable {
  let count: Int
  /// Elements of a row.
  let size: Int

  /// - Throws: `invalidShape` for a tensor without elements.
  init(_ shape: Shape, _ name: String) throws(KernelError) {
    guard shape.elementCount > 0 else { throw .invalidShape("\(name) is \(shape); it must not be empty") }
    size = shape.dimensions.last ?? 1
    count = shape.elementCount / size
  }
}
