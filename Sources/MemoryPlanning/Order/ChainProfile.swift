/// Bytes that a chain of steps has live, from its buffers there at the start to what it leaves.
struct ChainProfile {
  /// Steps that stay together.
  struct Segment {
    let steps: ArraySlice<Int>
    let chain: Int
    /// The chain's live bytes before the first step, at most while they run, and after the last.
    let start: Int
    let hill: Int
    let end: Int
  }

  private let steps: [Int]
  private let chain: Int
  /// Live bytes before each step, and after the last.
  private let levels: [Int]
  /// Live bytes while each step runs.
  private let hills: [Int]

  /// - Parameter owner: the chain that a buffer of several chains dies with.
  init(
    _ problem: ScheduleProblem, _ steps: [Int], _ graph: StepGraph, _ overlaps: StepOverlaps, chain: Int,
    _ owner: [Int: Int]
  ) {
    func isForeign(_ buffer: Int) -> Bool {
      problem.buffers[buffer].isKept || owner[buffer].map { $0 != chain } ?? false
    }
    var reads: [Int: Int] = [:]
    for step in steps {
      for buffer in graph.inputs[step] { reads[buffer, default: 0] += 1 }
    }
    let own = reads.keys.filter { problem.buffers[$0].producer == nil && !isForeign($0) }
    var level = own.reduce(0) { $0 + problem.buffers[$1].size }
    var levels = [level]
    var hills: [Int] = []
    for step in steps {
      for buffer in graph.outputs[step] { level += problem.buffers[buffer].size }
      let shared = overlaps.sharedBytes(at: step) { reads[$0] == 1 && !isForeign($0) }
      hills.append(level + problem.transientBytes[step] - shared)
      for buffer in graph.outputs[step] where problem.buffers[buffer].consumers.isEmpty && !isForeign(buffer)
      {
        level -= problem.buffers[buffer].size
      }
      for buffer in graph.inputs[step] {
        reads[buffer, default: 0] -= 1
        if reads[buffer] == 0, !isForeign(buffer) { level -= problem.buffers[buffer].size }
      }
      levels.append(level)
    }
    self.steps = steps
    self.chain = chain
    self.levels = levels
    self.hills = hills
  }

  /// Where the chain has the fewest bytes.
  private var lowest: Int { levels.indices.min { (levels[$0], $0) < (levels[$1], $1) } ?? 0 }

  /// The segments before the fewest bytes, each with a higher hill and a lower start than the one before.
  var falling: [Segment] {
    var highest: [Int] = []
    var deepest = [0]
    for step in hills.indices {
      let last = highest.last ?? step
      highest.append(hills[step] > hills[last] ? step : last)
      deepest.append(levels[step + 1] < levels[deepest[step]] ? step + 1 : deepest[step])
    }
    var segments: [Segment] = []
    var end = lowest
    while end > 0 {
      let hill = highest[end - 1]
      let start = deepest[hill]
      segments.append(segment(start..<end, hill))
      end = start
    }
    return segments.reversed()
  }

  /// The segments behind the fewest bytes, each with a lower hill and a higher end than the one before.
  var rising: [Segment] {
    var highest = [Int](repeating: 0, count: hills.count)
    var deepest = [Int](repeating: hills.count, count: hills.count + 1)
    for step in hills.indices.reversed() {
      let next = step + 1 < hills.count ? highest[step + 1] : step
      highest[step] = hills[step] > hills[next] ? step : next
      deepest[step] = levels[step] < levels[deepest[step + 1]] ? step : deepest[step + 1]
    }
    var segments: [Segment] = []
    var start = lowest
    while start < hills.count {
      let hill = highest[start]
      let end = deepest[hill + 1]
      segments.append(segment(start..<end, hill))
      start = end
    }
    return segments
  }

  private func segment(_ range: Range<Int>, _ hill: Int) -> Segment {
    Segment(
      steps: steps[range], chain: chain, start: levels[range.lowerBound], hill: hills[hill],
      end: levels[range.upperBound])
  }
}
