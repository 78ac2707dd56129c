import Testing

@testable import Passes

@Suite struct WholeStepsTests {
  @Test func halvesGoAwayFromZero() {
    let steps = [0.5, -0.5, 1.5, 2.5, -2.5, 0.49, -0.49, 1.25, -1.25, 1.75, -1.75]
    #expect(steps.map { WholeSteps.nearest($0, limit: 127) } == [1, -1, 2, 3, -3, 0, 0, 1, -1, 2, -2])
  }

  @Test func limitsHold() {
    let steps = [126.5, 127.6, -127.6, .infinity, -.infinity, .nan]
    #expect(steps.map { WholeSteps.nearest($0, limit: 127) } == [127, 127, -127, 127, -127, 0])
  }
}
