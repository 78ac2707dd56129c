import Tensors
import Testing

@testable import Operators

@Suite struct AffineCopyTests {
  @Test func refusesWhatReachesOutside() {
    let axes = [AffineCopy.Axis(count: 3, source: 2, target: 1)]
    #expect(throws: KernelError.invalidShape("its operands reach beyond a tensor of 4 elements")) {
      try AffineCopy(width: 1, axes: axes, counts: (4, 3))
    }
    #expect(throws: KernelError.invalidShape("its operands reach beyond a tensor of 2 elements")) {
      try AffineCopy(width: 1, axes: axes, counts: (5, 2))
    }
    let far = [AffineCopy.Axis(count: .max, source: .max, target: 0)]
    #expect(throws: KernelError.self) { try AffineCopy(width: 1, axes: far, counts: (5, 5)) }
    let back = [AffineCopy.Axis(count: 2, source: -1, target: 1)]
    #expect(throws: KernelError.self) { try AffineCopy(width: 1, axes: back, counts: (5, 5)) }
    #expect(throws: Never.self) { try AffineCopy(width: 1, start: (1, 0), axes: back, counts: (5, 5)) }
  }

  @Test func movesNothingForAnEmptyAxis() {
    let axes = [AffineCopy.Axis(count: 0, source: .max, target: .max)]
    #expect(throws: Never.self) { try AffineCopy(width: 1, axes: axes, counts: (0, 0)) }
  }
}
