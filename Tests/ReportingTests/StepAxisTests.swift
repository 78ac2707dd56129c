import Testing

@testable import Reporting

@Suite struct StepAxisTests {
  @Test(arguments: [(0, 60), (1, 60), (7, 60), (60, 60), (61, 60), (119, 60), (369, 85), (100_000, 40)])
  func columnsCoverEveryStep(steps: Int, columns: Int) {
    let axis = StepAxis(stepCount: steps, columns: columns)
    #expect((1...columns).contains(axis.columnCount))
    var covered = Set<Int>()
    for column in 0..<axis.columnCount {
      let range = axis.steps(in: column)
      #expect(!range.isEmpty)
      #expect(range.lowerBound >= 0 && range.upperBound <= axis.stepCount)
      covered.formUnion(range)
    }
    #expect(covered.count == axis.stepCount)
    for step in 0..<axis.stepCount {
      let column = axis.column(of: step)
      #expect((0..<axis.columnCount).contains(column) && axis.steps(in: column).contains(step))
    }
  }

  @Test func numbersRoundSteps() {
    #expect(
      StepAxis(stepCount: 31, columns: 65).lines(margin: "0 └") == [
        "0 └┴─────────┴─────────┴─────────┴─────────┴─────────┴─────────┴─",
        "   0         5         10        15        20        25        30",
      ])
    #expect(StepAxis(stepCount: 1, columns: 65).lines(margin: "└") == ["└┴───────", " 0"])
  }
}
