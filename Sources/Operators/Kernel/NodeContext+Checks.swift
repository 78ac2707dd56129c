import GraphIR
package import Tensors

extension NodeContext {
  /// Checks how many operands and results a node has.
  ///
  /// - Throws: `unsupported` where the number is another.
  package func requireCounts(inputs: ClosedRange<Int>, outputs: Int = 1) throws(KernelError) {
    guard inputs.contains(node.inputs.count) else {
      let wanted =
        inputs.count == 1 ? "\(inputs.lowerBound)" : "\(inputs.lowerBound) to \(inputs.upperBound)"
      throw .unsupported("it has \(node.inputs.count) inputs; the operator takes \(wanted)")
    }
    guard node.outputs.count == outputs else {
      throw .unsupported("it has \(node.outputs.count) outputs; the operator gives \(outputs)")
    }
  }

  /// Checks that an operand's memory holds all elements of its shape.
  ///
  /// - Throws: `unsupportedType` for strings and constant handles, `unsupported` for sparse constants.
  package func requireDense(input position: Int) throws(KernelError) {
    let value = try input(position)
    guard value.isConstant else { return }
    guard value.attachments.sparsity == nil else {
      throw .unsupported("input \(position) is a sparse constant; only DENSIFY takes one")
    }
    guard value.data.byteCount >= value.byteCount else {
      throw .unsupportedType("input \(position) is a constant \(value.elementType) without data")
    }
  }

  /// Checks the shape that the model declares for a result: its memory has that size.
  ///
  /// - Throws: `wrongOutput` where the operator gives another.
  package func requireOutput(_ position: Int = 0, shape: [Int]) throws(KernelError) {
    try NodeContext.requireOutput(outputShape(position), at: position, is: shape)
  }

  /// Checks the shape that the model declares for a result against a computed one.
  ///
  /// - Throws: `wrongOutput` where they differ.
  package static func requireOutput(
    _ declared: Shape, at position: Int = 0, is computed: [Int]
  ) throws(KernelError) {
    guard declared.dimensions != computed else { return }
    throw .wrongOutput(
      position, gives: computed, reason: difference(declared, computed, "output \(position)"))
  }

  /// Entries that the tables of one kernel hold at most: no microcontroller has memory for so long an axis.
  private static let mostTableEntries = 1 << 23

  /// Checks how large tables a kernel makes beside its tensors.
  ///
  /// - Throws: `unsupported` where they are larger than for any model that a microcontroller runs.
  package static func requireTable(entries: Int) throws(KernelError) {
    guard entries > mostTableEntries else { return }
    throw .unsupported("its axes are \(entries) long; nnopt runs models with at most \(mostTableEntries)")
  }

  /// Checks that a result has an operand's element type.
  ///
  /// - Throws: `unsupportedType` where the types differ.
  package func requireSameType(input: Int = 0, output: Int = 0) throws(KernelError) {
    let source = try self.input(input).elementType
    let target = try self.output(output).elementType
    guard source == target else {
      throw .unsupportedType("input \(input) is \(source), but output \(output) is \(target)")
    }
  }

  /// Bytes of one element of an operand that a kernel moves without looking at it.
  ///
  /// - Throws: `unsupportedType` for strings and for types of less than a byte.
  package func movableByteCount(input position: Int) throws(KernelError) -> Int {
    let type = try input(position).elementType
    guard let bits = type.bitWidth, bits % 8 == 0 else {
      throw .unsupportedType("input \(position) is \(type); the operator moves elements of whole bytes")
    }
    try requireDense(input: position)
    return bits / 8
  }

  /// Checks the declared shape of an operand against a computed one.
  package static func require(
    _ declared: Shape, is computed: [Int], _ name: String
  ) throws(KernelError) {
    guard declared.dimensions == computed else {
      throw .invalidShape(difference(declared, computed, name))
    }
  }

  private static func difference(_ declared: Shape, _ computed: [Int], _ name: String) -> String {
    let text = Shape(computed)?.description ?? "\(computed)"
    return "\(name) is declared \(declared), but the operator gives \(text)"
  }
}

extension Shape {
  /// Elements from one index of each axis to the next in a dense tensor.
  var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] &* max(self[axis + 1], 1)
    }
    return strides
  }

  /// The axis that a number names, which counts from the end where it is negative.
  ///
  /// - Throws: `invalidShape` where there is no such axis.
  func axis(_ number: Int) throws(KernelError) -> Int {
    let axis = number < 0 ? number + rank : number
    guard dimensions.indices.contains(axis) else {
      throw .invalidShape("axis \(number) does not exist in \(self)")
    }
    return axis
  }

  /// Elements of the axes in a range.
  func elementCount(_ axes: Range<Int>) -> Int {
    dimensions[axes].reduce(1) { $0.saturatingMultiply($1) }
  }
}
