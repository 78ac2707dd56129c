import Tensors
import Testing

@testable import Datasets

@Suite struct SampleShapeTests {
  @Test func axesOfSizeOneDoNotCount() {
    let input: Shape = [1, 28, 28, 1]
    let fitting: [(Shape, Int)] = [
      ([5, 28, 28], 5), ([5, 28, 28, 1], 5), ([1, 28, 28, 1], 1), ([5, 784], 5), ([28, 28], 1),
      ([28, 28, 1], 1),
      ([5, 1, 28, 28], 5),
    ]
    for (shape, count) in fitting { #expect(SampleShape.sampleCount(of: shape, for: input) == count) }
    for shape: Shape in [[5, 28, 27], [784], [0, 28, 28], [5], [], [5, 28, 28, 3]] {
      #expect(SampleShape.sampleCount(of: shape, for: input) == nil)
    }
  }

  @Test func listsAndScalars() {
    #expect(SampleShape.sampleCount(of: [28, 28], for: [1, 28]) == 28)
    #expect(SampleShape.sampleCount(of: [28], for: [1, 28]) == 1)
    #expect(SampleShape.sampleCount(of: [7], for: [1]) == 7)
    #expect(SampleShape.sampleCount(of: [7], for: []) == 7)
  }

  @Test func severalBatchesRunThroughTheFirstAxis() {
    #expect(SampleShape.sampleCount(of: [6, 3], for: [2, 3]) == 3)
    #expect(SampleShape.sampleCount(of: [5, 2, 3], for: [2, 3]) == 5)
    #expect(SampleShape.sampleCount(of: [5, 3], for: [2, 3]) == nil)
  }

  @Test func hints() {
    #expect(SampleShape.expectation(for: [1, 32, 32, 3]) == "N×32×32×3")
    #expect(SampleShape.hint(for: [9, 3, 32, 32], input: [1, 32, 32, 3])?.contains("channels") == true)
    #expect(SampleShape.hint(for: [9, 28, 28, 3], input: [1, 32, 32, 3]) == "resize the images to 32×32")
  }
}
