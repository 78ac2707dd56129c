/// The few int8 numbers that stand for many with the least squared error: k-means in one dimension, solved exactly
/// (Wang and Song 2011) in integers, so that it is the same everywhere.
struct ByteClusters {
  /// In rising order.
  let levels: [Int8]
  /// The level of every number from −128 on.
  let nearest: [Int8]

  /// - Parameters:
  ///   - counts: how often each number from −128 on occurs.
  ///   - levels: how many numbers there may be, at least 1.
  init(counts: [Int], levels limit: Int) {
    let present = counts.indices.filter { counts[$0] > 0 }
    let sums = RunningSums(present.map { ($0 - 128, counts[$0]) })
    let starts = sums.bestStarts(groups: min(limit, present.count))
    var levels: [Int8] = []
    var nearest = [Int8](repeating: 0, count: counts.count)
    for (group, start) in starts.enumerated() {
      let end = group + 1 < starts.count ? starts[group + 1] : present.count
      let level = Int8(clamping: sums.center(start..<end))
      levels.append(level)
      for index in start..<end { nearest[present[index]] = level }
    }
    self.levels = Array(Set(levels)).sorted()
    self.nearest = nearest
  }
}

/// Counts, sums and squares of numbers in front of each place, to know the error of any run of them.
private struct RunningSums {
  private var counts = [0]
  private var sums = [0]
  private var squares = [0]

  init(_ numbers: [(number: Int, count: Int)]) {
    for (number, count) in numbers {
      counts.append(counts[counts.count - 1] + count)
      sums.append(sums[sums.count - 1] + count * number)
      squares.append(squares[squares.count - 1] + count * number * number)
    }
  }

  /// The whole number nearest to the mean of a run; the lower one of two.
  func center(_ run: Range<Int>) -> Int {
    let count = counts[run.upperBound] - counts[run.lowerBound]
    let sum = sums[run.upperBound] - sums[run.lowerBound]
    guard count > 0 else { return 0 }
    // ⌈sum / count − 1/2⌉, exactly.
    let doubled = 2 * sum - count
    let quotient = doubled / (2 * count)
    return quotient * 2 * count < doubled ? quotient + 1 : quotient
  }

  private func error(_ run: Range<Int>) -> Int {
    let center = center(run)
    let count = counts[run.upperBound] - counts[run.lowerBound]
    let sum = sums[run.upperBound] - sums[run.lowerBound]
    return squares[run.upperBound] - squares[run.lowerBound] - 2 * center * sum + center * center * count
  }

  /// Where the groups of the best partition into so many begin.
  func bestStarts(groups: Int) -> [Int] {
    let count = counts.count - 1
    guard count > 0, groups > 0 else { return [] }
    let errors = (0..<count).map { start in (start...count).map { error(start..<$0) } }
    var costs = errors[0]
    var starts: [[Int]] = []
    for _ in 1..<max(groups, 1) {
      var row = costs
      var best = [Int](repeating: 0, count: count + 1)
      for end in 1...count {
        for start in 0..<end {
          let cost = costs[start] + errors[start][end - start]
          if cost < row[end] { (row[end], best[end]) = (cost, start) }
        }
      }
      costs = row
      starts.append(best)
    }
    var (end, result) = (count, [Int]())
    for best in starts.reversed() where end > 0 && best[end] > 0 {
      result.append(best[end])
      end = best[end]
    }
    return [0] + result.reversed()
  }
}
