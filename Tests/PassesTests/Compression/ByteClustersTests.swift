import Tensors
import Testing

@testable import Passes

@Suite struct ByteClustersTests {
  private func error(_ counts: [Int], _ clusters: ByteClusters) -> Int {
    counts.indices.reduce(0) { sum, index in
      let distance = index - 128 - Int(clusters.nearest[index])
      return counts[index] == 0 ? sum : sum + counts[index] * distance * distance
    }
  }

  /// The least error of any choice of levels, by trying all.
  private func leastError(_ counts: [Int], _ levels: Int) -> Int {
    let present = counts.indices.filter { counts[$0] > 0 }.map { $0 - 128 }
    let range = (present.first ?? 0)...(present.last ?? 0)
    func search(_ chosen: [Int], from start: Int) -> Int {
      if chosen.count == levels || start > range.upperBound {
        return present.reduce(0) { sum, number in
          let nearest = chosen.map { ($0 - number) * ($0 - number) }.min() ?? 1 << 20
          return sum + counts[number + 128] * nearest
        }
      }
      return (start...range.upperBound).map { search(chosen + [$0], from: $0 + 1) }.min() ?? 1 << 30
    }
    return search([], from: range.lowerBound)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>) func theErrorIsTheLeast(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var counts = [Int](repeating: 0, count: 256)
    let base = random.next(below: 230)
    for _ in 0..<12 { counts[base + random.next(below: 18)] += 1 + random.next(below: 9) }
    for levels in 1...3 {
      let clusters = ByteClusters(counts: counts, levels: levels)
      #expect(clusters.levels.count <= levels)
      #expect(error(counts, clusters) == leastError(counts, levels))
    }
  }

  @Test func fewNumbersStayAsTheyAre() {
    var counts = [Int](repeating: 0, count: 256)
    for index in [0, 7, 128, 255] { counts[index] = 3 }
    let clusters = ByteClusters(counts: counts, levels: 16)
    #expect(clusters.levels == [-128, -121, 0, 127])
    #expect(error(counts, clusters) == 0)
    #expect(ByteClusters(counts: [Int](repeating: 0, count: 256), levels: 16).levels.isEmpty)
  }
}
