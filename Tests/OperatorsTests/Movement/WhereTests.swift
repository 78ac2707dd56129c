import Operators
import Testing

@Suite struct WhereTests {
  @Test func refusesAnotherNumberOfTuplesThanDeclared() {
    let fixture = KernelFixture(Where.self, [.tensor([3], .bool)], [.tensor([2, 1], .int64)])
    let reason = "1 elements are not 0, but output 0 is declared 2×1: its size depends on the data"
    #expect(throws: KernelError.invalidData(reason)) { try fixture.run([0, 1, 0]) }
  }
}
