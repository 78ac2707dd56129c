package import GraphIR
import Tensors

/// A tensor with its own elements mirrored around it, as many before and behind each axis as operand 1
/// (axes×2) says: REFLECT (`mode` 0) leaves out the edge itself, SYMMETRIC (1) repeats it.
package enum MirrorPad: Operator {
  package static let builtin = BuiltinOperator.mirrorPad

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let mode = context.attributes.integer("mode")
    guard mode == 0 || mode == 1 else { throw .unsupported("mode is \(mode), not REFLECT or SYMMETRIC") }
    let paddings = try PaddingOperand(context, rank: input.rank)
    return try PlannedKernel([paddings.operand]) { operands throws(KernelError) in
      let (before, after) = try paddings.pairs(operands[0])
      var places: [[Int]] = []
      for axis in input.dimensions.indices {
        let most = input[axis] - (1 - mode)
        guard before[axis] <= most, after[axis] <= most else {
          throw .invalidShape(
            "\(before[axis]) and \(after[axis]) elements cannot mirror axis \(axis) of \(input)")
        }
        guard output.rank > axis, output[axis] == before[axis] + input[axis] + after[axis] else { break }
        places.append(
          mirrored(input[axis], before[axis], after[axis], edge: 1 - mode).map { $0 &* input.strides[axis] })
      }
      try NodeContext.require(
        output, is: input.dimensions.indices.map { before[$0] + input[$0] + after[$0] }, "output 0")
      return places
    } _: { places, arguments in
      guard output.elementCount > 0 else { return }
      switch width {
      case 1: run(places, arguments, UInt8.self)
      case 2: run(places, arguments, UInt16.self)
      case 4: run(places, arguments, UInt32.self)
      default: run(places, arguments, UInt64.self, count: width / 8)
      }
    }
  }

  /// The element of an axis at each place of the padded axis.
  private static func mirrored(_ count: Int, _ before: Int, _ after: Int, edge: Int) -> [Int] {
    (0..<before).map { before + edge - 1 - $0 } + Array(0..<count)
      + (0..<after).map { count - 1 - edge - $0 }
  }

  /// Writes all elements in order; each axis's table says how far into the input its index reaches.
  private static func run<Element: BitwiseCopyable>(
    _ places: [[Int]], _ arguments: KernelArguments, _ type: Element.Type, count: Int = 1
  ) {
    let source = arguments.input(0, type)
    let target = arguments.output(0, type)
    let row = places.last ?? [0]
    let outer = places.dropLast()
    var position = [Int](repeating: 0, count: outer.count)
    var written = 0
    while true {
      let start = zip(outer, position).reduce(0) { $0 + $1.0[$1.1] }
      for place in row {
        for word in 0..<count { target[written &+ word] = source[(start &+ place) &* count &+ word] }
        written &+= count
      }
      var axis = outer.count - 1
      while axis >= 0 {
        position[axis] += 1
        if position[axis] < outer[axis].count { break }
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
