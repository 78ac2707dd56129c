/// How steps lie on the columns of a chart: several columns a step, or several steps a column.
struct StepAxis {
  let stepCount: Int
  let columnCount: Int
  private static let widestStep = 8
  private static let labelGap = 9

  /// - Parameters:
  ///   - stepCount: steps to show; none counts as one.
  ///   - columns: columns at the most.
  init(stepCount: Int, columns: Int) {
    self.stepCount = max(stepCount, 1)
    let share = columns / self.stepCount
    columnCount = share == 0 ? columns : self.stepCount * min(share, Self.widestStep)
  }

  /// The steps that a column stands for; never empty.
  func steps(in column: Int) -> Range<Int> {
    let lower = column * stepCount / columnCount
    return lower..<max(lower + 1, ((column + 1) * stepCount + columnCount - 1) / columnCount)
  }

  /// The first column that shows a step.
  func column(of step: Int) -> Int { step * columnCount / stepCount }

  /// The axis and the numbers under it, behind a margin.
  func lines(margin: String) -> [String] {
    let columnsPerStep = Double(columnCount) / Double(stepCount)
    let interval = NiceNumbers.interval(atLeast: Int((Double(Self.labelGap) / columnsPerStep).rounded(.up)))
    var axis = [Character](repeating: "─", count: columnCount)
    var numbers = ""
    for step in stride(from: 0, to: stepCount, by: interval) {
      let column = column(of: step)
      guard column < columnCount else { break }
      axis[column] = "┴"
      numbers += String(repeating: " ", count: max(0, column - numbers.count)) + String(step)
    }
    return [margin + String(axis), String(repeating: " ", count: margin.count) + numbers]
  }
}
