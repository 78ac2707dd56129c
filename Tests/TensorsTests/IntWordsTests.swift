import Tensors
import Testing

@Suite struct IntWordsTests {
  @Test func oneIsNoPlural() {
    #expect([0, 1, 2].map { $0.counted("state") } == ["0 states", "1 state", "2 states"])
  }
}
