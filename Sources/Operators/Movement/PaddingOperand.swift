import Tensors

/// How many elements to add, or to drop, before and behind each axis: an operand of shape axes×2.
struct PaddingOperand: Sendable {
  let operand: IntegerOperand
  private let rank: Int

  /// - Throws: `invalidShape` where the operand has not a pair for each axis.
  init(_ context: NodeContext, input position: Int = 1, rank: Int) throws(KernelError) {
    operand = try IntegerOperand(context, input: position)
    guard operand.count == rank.saturatingMultiply(2) else {
      throw .invalidShape("input \(position) has \(operand.count) elements; \(rank) axes take \(2 * rank)")
    }
    self.rank = rank
  }

  /// - Throws: `invalidShape` where a number is negative.
  func pairs(_ integers: [Int]) throws(KernelError) -> (before: [Int], after: [Int]) {
    guard integers.count == 2 * rank, integers.allSatisfy({ $0 >= 0 }) else {
      throw .invalidShape("the paddings \(integers) must not be negative")
    }
    let axes = 0..<rank
    return (axes.map { integers[2 * $0] }, axes.map { integers[2 * $0 + 1] })
  }
}
