import GraphIR
import Tensors

/// Models that are as large as one likes in one respect.
enum GrowthModels {
  /// RESHAPEs in a row, which clean-up makes one.
  static func reshapes(_ count: Int) -> Model {
    var sketch = ModelSketch()
    let shapes = [[1, 64], [64, 1]].map { sketch.integers($0.map(Int32.init)) }
    var value = sketch.input([1, 64])
    for number in 0..<count {
      let dimensions: [Int32] = number.isMultiple(of: 2) ? [64, 1] : [1, 64]
      value = sketch.node(.reshape, [value, shapes[(number + 1) % 2]], dimensions)
    }
    let last = sketch.node(.neg, [value], count.isMultiple(of: 2) ? [1, 64] : [64, 1])
    return sketch.model(last)
  }

  /// ADDs in a row, which nothing makes fewer.
  static func chain(_ count: Int) -> Model {
    var sketch = ModelSketch()
    let input = sketch.input([1, 64])
    let value = (0..<count).reduce(input) { value, _ in sketch.node(.add, [value, input], [1, 64]) }
    return sketch.model(value)
  }

  /// Operators that read the input, and one that reads them all.
  static func branches(_ count: Int) -> Model {
    var sketch = ModelSketch()
    let input = sketch.input([1, 64])
    let parts = (0..<count).map { number in
      sketch.node(number.isMultiple(of: 2) ? .neg : .abs, [input], [1, 64])
    }
    let last = sketch.node(.addN, parts, [1, 64])
    return sketch.model(last)
  }

  /// Subgraphs of two operators each, called one after the other.
  static func subgraphs(_ count: Int) -> Model {
    var main = ModelSketch()
    var value = main.input([1, 64])
    var graphs: [Graph] = []
    for number in 0..<count {
      var called = ModelSketch()
      let input = called.input([1, 64])
      let inside = called.node(.neg, [input], [1, 64])
      let outside = called.node(.abs, [inside], [1, 64])
      graphs.append(called.graph(outside))
      value = main.node(
        .call, [value], [1, 64],
        options: Record("CallOptions", [.init(name: "subgraph", value: .integer(Int64(number + 1)))]))
    }
    return Model(graphs: [main.graph(value)] + graphs)
  }

  /// Layers of a megabyte of weights each.
  static func weights(megabytes: Int) -> Model {
    var sketch = ModelSketch()
    var generator = SeededRandom(seed: 1)
    var value = sketch.input([1, 512])
    for _ in 0..<megabytes {
      let numbers = (0..<512 * 512).map { _ in Float.random(in: -1...1, using: &generator) }
      let bytes = unsafe numbers.withUnsafeBytes { unsafe [UInt8]($0) }
      value = sketch.node(.fullyConnected, [value, sketch.constant([512, 512], .float32, bytes)], [1, 512])
    }
    return sketch.model(value)
  }
}
