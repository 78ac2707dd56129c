import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct ActivityQueueTests {
  @Test func popsTheMostActiveAndThenTheLowestNumber() {
    var random = SeededRandom(seed: 3)
    var queue = ActivityQueue()
    var inside = Set(0..<40)
    for _ in inside { queue.append(Double(random.next(below: 4))) }
    for round in 0..<2_000 {
      let variable = random.next(below: 40)
      switch random.next(below: 3) {
      case 0: queue.raise(variable, by: 1)
      case 1:
        queue.insert(variable)
        inside.insert(variable)
      default:
        let best = inside.min { (-queue.activity[$0], $0) < (-queue.activity[$1], $1) }
        #expect(queue.pop() == best)
        if let best { inside.remove(best) }
      }
      if round % 500 == 499 { queue.scale(by: 1e-3) }
    }
  }

  @Test func anEmptyOneHasNothing() {
    var queue = ActivityQueue()
    #expect(queue.pop() == nil)
    queue.append(1)
    #expect(queue.pop() == 0 && queue.pop() == nil)
  }
}
