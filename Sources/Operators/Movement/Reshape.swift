package import GraphIR
import Tensors

/// The same elements in another shape: the declared one, where it has as many elements, as TFLM takes it; LiteRT
/// finds the shape in the second operand or the options, and so does what settles shapes.
package enum Reshape: Operator {
  package static let builtin = BuiltinOperator.reshape

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...2)
    let copy = try WholeCopy.ofKnownSize(context)
    let difference = try WholeCopy.sizeDifference(context)
    guard context.resizesOutputs || difference != nil else { return copy }
    if let wanted = try wantedShape(context), try wanted != context.outputShape().dimensions {
      throw .wrongOutput(0, gives: wanted, reason: difference ?? "output 0 is asked to be \(wanted)")
    }
    if let difference { throw .invalidShape(difference) }
    return copy
  }

  /// The shape that operand or options ask for, −1 resolved; nil where it is computed, or fits no number of elements.
  private static func wantedShape(_ context: NodeContext) throws(KernelError) -> [Int]? {
    let count = try context.inputShape(0).elementCount
    var wanted: [Int]
    if context.optionalInput(1)?.elementType == .int32 {
      guard let integers = try context.constantIntegers(1) else { return nil }
      wanted = integers
    } else {
      wanted = context.attributes.integers("new_shape")
      // How files from before 2019 say "scalar".
      if wanted == [0], count == 1 { wanted = [] }
    }
    let known = wanted.filter { $0 != -1 }
    let product = known.reduce(1) { $0.saturatingMultiply($1) }
    guard known.allSatisfy({ $0 >= 0 }), wanted.count - known.count <= 1 else { return nil }
    if let open = wanted.firstIndex(of: -1), product > 0 { wanted[open] = count / product }
    return Shape(wanted)?.elementCount == count ? wanted : nil
  }
}
