import GraphIR
import Tensors

/// Networks in the shapes that are hard to order or to place, as large as one likes.
enum NetModels {
  private static let shape: [Int32] = [1, 8, 8, 16]

  /// Residual blocks: two operators and the sum with what went into them.
  static func residualChain(_ count: Int) -> Model {
    var sketch = ModelSketch()
    var value = sketch.input(shape)
    for _ in 0..<max(1, count / 3) {
      let first = sketch.node(.neg, [value], shape)
      let second = sketch.node(.abs, [first], shape)
      value = sketch.node(.add, [value, second], shape)
    }
    return sketch.model(value)
  }

  /// Every operator reads the one before: nothing else is alive.
  static func plainChain(_ count: Int) -> Model {
    var sketch = ModelSketch()
    var value = sketch.input(shape)
    for number in 0..<count { value = sketch.node(number.isMultiple(of: 2) ? .neg : .abs, [value], shape) }
    return sketch.model(value)
  }

  /// Cells of five pairs of operators over the two cells before, joined at the end (NASNet; Zoph et al. 2018).
  static func cells(_ count: Int) -> Model {
    var sketch = ModelSketch()
    var (before, last) = (sketch.input(shape), sketch.input(shape))
    var generator = SeededRandom(seed: 5)
    for _ in 0..<max(1, count / 16) {
      var states = [before, last]
      for _ in 0..<5 {
        let pair = (0..<2).map { number in
          let operand = states[Int.random(in: 0..<states.count, using: &generator)]
          return sketch.node(number == 0 ? .neg : .abs, [operand], shape)
        }
        states.append(sketch.node(.add, pair, shape))
      }
      (before, last) = (last, sketch.node(.addN, Array(states.dropFirst(2)), shape))
    }
    return sketch.model(last)
  }

  /// Stages of 64 branches of two operators, joined.
  static func wideConcats(_ count: Int) -> Model {
    var sketch = ModelSketch()
    var value = sketch.input(shape)
    for _ in 0..<max(1, count / 129) {
      let branches = (0..<64).map { _ in
        let first = sketch.node(.neg, [value], shape)
        return sketch.node(.abs, [first], shape)
      }
      value = sketch.node(.addN, branches, shape)
    }
    return sketch.model(value)
  }

  /// A ring in which every node is joined to its 4 neighbors and 3 of 4 edges are led elsewhere (Watts and Strogatz
  /// 1998; Xie et al. 2019): a sum of what comes in, and an operator.
  static func wattsStrogatz(_ count: Int, seed: UInt64) -> Model {
    var generator = SeededRandom(seed: seed)
    var sources = [Set<Int>](repeating: [], count: count)
    for node in 0..<count {
      for step in 1...2 {
        var other = (node + step) % count
        if Int.random(in: 0..<4, using: &generator) < 3 {
          other = Int.random(in: 0..<count, using: &generator)
        }
        if other != node { sources[max(node, other)].insert(min(node, other)) }
      }
    }
    var sketch = ModelSketch()
    let input = sketch.input(shape)
    var values: [ValueID] = []
    var isRead = [Bool](repeating: false, count: count)
    for node in 0..<count {
      let operands = sources[node].sorted()
      for operand in operands { isRead[operand] = true }
      let sum = operands.count > 1 ? sketch.node(.addN, operands.map { values[$0] }, shape) : nil
      values.append(sketch.node(.neg, [sum ?? operands.first.map { values[$0] } ?? input], shape))
    }
    let ends = values.indices.filter { !isRead[$0] }.map { values[$0] }
    let last = ends.count > 1 ? sketch.node(.addN, ends, shape) : ends[0]
    return sketch.model(last)
  }

  /// Every operator sums ten of those before it.
  static func dense(_ count: Int) -> Model {
    var generator = SeededRandom(seed: 9)
    var sketch = ModelSketch()
    var values = [sketch.input(shape)]
    for _ in 0..<count {
      let operands = Set((0..<10).map { _ in values.indices.randomElement(using: &generator) ?? 0 })
      values.append(sketch.node(.addN, operands.sorted().map { values[$0] }, shape))
    }
    let last = sketch.node(.addN, values, shape)
    return sketch.model(last)
  }

  /// Few operators with maps of many sizes and many choices of equal peak.
  static func nearEqualChoices(_ count: Int) -> Model {
    var generator = SeededRandom(seed: 11)
    var sketch = ModelSketch()
    let input = sketch.input([1, 4])
    let branches = (0..<max(1, count / 3)).map { _ in
      let width = Int32.random(in: 900...1_000, using: &generator)
      let wide = sketch.node(.fullyConnected, [input, sketch.weights(4, width)], [1, width])
      let thin = sketch.node(.fullyConnected, [wide, sketch.weights(width, 100)], [1, 100])
      return sketch.node(.neg, [thin], [1, 100])
    }
    let last = sketch.node(.addN, branches, [1, 100])
    return sketch.model(last)
  }
}
