import GraphIR
package import Tensors

/// A short list of integers that an operator takes as an operand: axes, sizes, paddings.
package struct IntegerOperand: Sendable {
  private let position: Int
  private let elementType: ElementType
  /// How many integers the operand's shape says.
  package let count: Int
  /// The integers, where the model stores them.
  package let constant: [Int]?

  /// - Parameter types: the element types that the operator takes.
  /// - Throws: `unsupportedType` for another one.
  package init(
    _ context: NodeContext, input position: Int, types: [ElementType] = [.int32, .int64]
  ) throws(KernelError) {
    let value = try context.input(position)
    guard types.contains(value.elementType) else {
      let names = types.map(\.description).joined(separator: " or ")
      throw .unsupportedType("input \(position) is \(value.elementType), not \(names)")
    }
    try context.requireDense(input: position)
    self.position = position
    elementType = value.elementType
    let count = try context.inputShape(position).elementCount
    self.count = count
    constant = value.isConstant ? Self.integers(of: value, count: count) : nil
  }

  /// The integers as the model stores them, or as they stand in memory.
  ///
  /// Those outside 32 bits come as the nearest that fits: no dimension is as large.
  package func integers(_ arguments: KernelArguments) -> [Int] {
    if let constant { return constant }
    switch elementType {
    case .int16: return Self.clamped(arguments.input(position, Int16.self), count)
    case .int64: return Self.clamped(arguments.input(position, Int64.self), count)
    default: return Self.clamped(arguments.input(position, Int32.self), count)
    }
  }

  private static func integers(of value: Value, count: Int) -> [Int] {
    switch value.elementType {
    case .int16: value.data.elements(Int16.self).prefix(count).map(Int.init)
    case .int64: value.data.elements(Int64.self).prefix(count).map { Int(Int32(clamping: $0)) }
    default: value.data.elements(Int32.self).prefix(count).map(Int.init)
    }
  }

  private static func clamped<Element: FixedWidthInteger & BitwiseCopyable>(
    _ elements: TensorBuffer<Element>, _ count: Int
  ) -> [Int] {
    (0..<min(count, elements.count)).map { Int(Int32(clamping: elements[$0])) }
  }
}

extension IntegerOperand: Lowerable {
  var lowered: LoweredValue {
    .group([
      LoweredField("input", .integer(position)), LoweredField("type", .text(elementType.description)),
      LoweredField("count", .integer(count)),
      LoweredField(
        "integers", constant.map { LoweredValue(reflecting: $0) } ?? .text("computed at run time")),
    ])
  }
}
