import Execution
import GraphIR
import Testing
import _TestSupport

@Suite struct RandomSampleCountTests {
  @Test func modelsOfLongRunsGetFewer() {
    let small = SampleModels.chain(.abs, .neg, dimensions: [1, 96, 96, 3])
    #expect(RandomSampleCount.of(small, atMost: 20) == 20)
    let large = SampleModels.chain(.abs, .neg, dimensions: [1 << 25])
    #expect(RandomSampleCount.of(large, atMost: 20) == 1)
    // It cannot run, but its inputs are known.
    let huge = SampleModels.chain(.abs, .neg, dimensions: [1 << 28])
    #expect(RandomSampleCount.of(huge, atMost: 20) == 1)
    #expect(RandomSampleCount.of(huge, atMost: 100, atLeast: 4) == 4)
  }
}
