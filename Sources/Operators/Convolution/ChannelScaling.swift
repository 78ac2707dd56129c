/// Multipliers of all output channels as the C kernels take them: fractions, left shifts and right shifts, one list behind
/// the other.
struct ChannelScaling: Sendable {
  private let numbers: [Int32]
  /// Numbers of each list.
  private let count: Int

  /// - Parameter granularity: each list is filled with zeros up to a multiple of it.
  init(multipliers: [Int32], leftShifts: [Int32], rightShifts: [Int32], granularity: Int = 1) {
    let count = (multipliers.count + granularity - 1) / granularity * granularity
    numbers = [multipliers, leftShifts, rightShifts].flatMap {
      $0 + [Int32](repeating: 0, count: count - $0.count)
    }
    self.count = count
  }

  /// Calls back with the starts of the lists.
  @unsafe
  func withPointers(
    _ body: (
      _ multipliers: UnsafePointer<Int32>, _ leftShifts: UnsafePointer<Int32>,
      _ rightShifts: UnsafePointer<Int32>
    ) -> Void
  ) {
    unsafe numbers.withUnsafeBufferPointer { numbers in
      guard let start = numbers.baseAddress else { return }
      unsafe body(start, start + count, start + 2 * count)
    }
  }
}

extension ChannelScaling: Lowerable {
  var lowered: LoweredValue {
    func list(_ position: Int) -> LoweredValue {
      LoweredValue(reflecting: Array(numbers[position * count..<(position + 1) * count]))
    }
    return .group([
      LoweredField("multipliers", list(0)), LoweredField("leftShifts", list(1)),
      LoweredField("rightShifts", list(2)),
    ])
  }
}
