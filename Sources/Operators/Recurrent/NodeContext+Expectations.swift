import GraphIR
import Tensors

extension NodeContext {
  /// An operand of one type and shape.
  ///
  /// - Throws: `KernelError` naming the operand, what it is and what it should be.
  func input(
    _ position: Int, is type: ElementType, _ dimensions: [Int]
  ) throws(KernelError) -> Value {
    let value = try input(position)
    try Self.expect(value, "input \(position)", type, dimensions)
    return value
  }

  /// State that an operator keeps: a variable of one type with a number of elements.
  func state(_ position: Int, is type: ElementType, elementCount: Int) throws(KernelError) -> Value {
    let value = try input(position)
    guard value.isVariable else { throw .unsupported("input \(position), its state, is not a variable") }
    let shape = try inputShape(position)
    guard value.elementType == type else {
      throw .unsupportedType("input \(position) is \(value.elementType), expected \(type)")
    }
    guard shape.elementCount == elementCount else {
      throw .invalidShape("input \(position) is \(shape), expected \(elementCount) elements")
    }
    return value
  }

  /// The first result, of one type and shape.
  func output(is type: ElementType, _ dimensions: [Int]) throws(KernelError) -> Value {
    let value = try output(0)
    do throws(KernelError) {
      try Self.expect(value, "output 0", type, dimensions)
    } catch {
      guard case .invalidShape(let reason) = error else { throw error }
      throw .wrongOutput(0, gives: dimensions, reason: reason)
    }
    return value
  }

  /// Scale and zero point of an operand that has one scale for all its elements.
  func perTensorQuantization(_ position: Int) throws(KernelError) -> ScaleAndZeroPoint {
    let value = try input(position)
    guard value.quantization?.isPerChannel != true else {
      throw .unsupported("input \(position) has a scale for every channel, expected one")
    }
    return try quantization(of: value, "input \(position)")
  }

  /// The shape of an operand of some rank.
  func inputShape(_ position: Int, rank: Int) throws(KernelError) -> Shape {
    let shape = try inputShape(position)
    guard shape.rank == rank else {
      throw .invalidShape("input \(position) is \(shape), expected \(rank) dimensions")
    }
    return shape
  }

  private static func expect(
    _ value: Value, _ name: String, _ type: ElementType, _ dimensions: [Int]
  ) throws(KernelError) {
    guard value.elementType == type else {
      throw .unsupportedType("\(name) is \(value.elementType), expected \(type)")
    }
    guard let shape = value.shape, shape.dimensions == dimensions else {
      let actual = value.shape?.description ?? "without shape"
      let expected = dimensions.map(String.init).joined(separator: "×")
      throw .invalidShape("\(name) is \(actual), expected \(expected)")
    }
  }
}
