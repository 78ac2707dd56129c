import GraphIR
import Testing
import _TestSupport

@testable import Workflows

@Suite struct RecipeTests {
  @Test(arguments: [
    ([1, 96, 96, 3], 100), ([1 << 20], 42), ([1 << 23], 5), ([1 << 25], 4), ([1 << 28], 4), ([0], 100),
  ])
  func largeInputsGetFewerRandomSamples(dimensions: [Int32], expected: Int) {
    let model = SampleModels.chain(.abs, .neg, dimensions: dimensions)
    #expect(Recipe.randomSamples(for: model) == expected)
  }
}
