import Testing

@testable import Passes

@Suite struct RefitBatchTests {
  @Test(arguments: [20, 100, 999, 1000, 1001, 2500, 7000])
  func everySampleIsUsedAsOftenAsTheOthers(count: Int) {
    let batches = OutputRefit.batches(of: count, epochs: 9)
    var uses = [Int](repeating: 0, count: count)
    for sample in batches.flatMap(\.self) { uses[sample] += 1 }
    let held = uses.indices.filter { $0 % 10 == 9 }
    let used = uses.indices.filter { $0 % 10 != 9 }
    #expect(held.allSatisfy { uses[$0] == 0 })
    let counts = used.map { uses[$0] }
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    #expect(counts.reduce(0, +) == 9 * min(used.count, 900))
    #expect(batches.allSatisfy { Set($0).count == $0.count || count > 1000 })
  }
}
