import Tensors

/// The sizes of an operator that walks over a sequence, row by row.
struct SequenceGeometry: Sendable {
  let isTimeMajor: Bool
  let batch: Int
  let steps: Int
  let inputs: Int
  let units: Int

  /// - Parameter statePosition: the operand whose last dimension is the number of units.
  /// - Throws: `invalidShape` where an operand is empty or has another rank.
  init(_ context: NodeContext, statePosition: Int) throws(KernelError) {
    let input = try context.inputShape(0, rank: 3)
    let state = try context.inputShape(statePosition, rank: 2)
    guard input.elementCount > 0, state.elementCount > 0 else {
      throw .invalidShape("input 0 is \(input) and the state \(state), neither may be empty")
    }
    isTimeMajor = context.attributes.bool("time_major")
    batch = input[isTimeMajor ? 1 : 0]
    steps = input[isTimeMajor ? 0 : 1]
    inputs = input[2]
    units = state[1]
  }

  var stateCount: Int { batch.saturatingMultiply(units) }

  var outputDimensions: [Int] { [isTimeMajor ? steps : batch, isTimeMajor ? batch : steps, units] }

  /// Calls back for every row of the sequence in time order: which row of input and output, and the
  /// row's batch.
  @inline(__always)
  func forEachRow(_ body: (_ row: Int, _ batch: Int) -> Void) {
    for step in 0..<steps {
      for item in 0..<batch { body(isTimeMajor ? step * batch + item : item * steps + step, item) }
    }
  }
}
