import Tensors
import Testing

@testable import Operators

@Suite struct ReductionTests {
  @Test func refusesAxesAndShapesThatAreNotThere() {
    let axis = KernelFixture(Sum.self, [.tensor([2, 3]), .integers([2])], [.tensor([2])])
    #expect(axis.refusal == .invalidShape("axis 2 does not exist in 2×3"))
    let shape = KernelFixture(Sum.self, [.tensor([2, 3]), .integers([1])], [.tensor([2, 1])])
    #expect(shape.refusal?.description == "output 0 is declared 2×1, but the operator gives 2")
  }

  @Test func readsComputedAxesInEveryRun() throws {
    let fixture = KernelFixture(
      ReduceAny.self, [.tensor([2, 2], .bool), .tensor([1], .int32)], [.tensor([2], .bool)])
    #expect(try fixture.run([0, 1, 0, 0], [0, 0, 0, 0]) == [[0, 1]])
    #expect(try fixture.run([0, 1, 0, 0], [1, 0, 0, 0]) == [[1, 0]])
  }

  @Test func countsEmptyTensors() throws {
    let reduction = try Reduction([0, 1 << 31, 3], axes: [0])
    #expect(reduction.reducedCount == 0)
    #expect(reduction.droppedDimensions == [1 << 31, 3])
    #expect(reduction.keptDimensions == [1, 1 << 31, 3])
  }
}
