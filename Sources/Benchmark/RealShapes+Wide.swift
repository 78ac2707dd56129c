import GraphIR
import Tensors
import _TestSupport

extension RealShapes {
  /// NASNet-A with 4 cells in each stage, 224 pixels (Zoph et al. 2018).
  static func nasnet() -> Model {
    var sketch = LayerSketch()
    func twice(_ x: ValueID, _ depth: Int32, stride: Int32) -> ValueID {
      sketch.separable(sketch.separable(sketch.map(.relu, x), depth, stride: stride), depth, activation: 0)
    }
    func cell(_ before: ValueID, _ last: ValueID, _ depth: Int32, stride: Int32) -> ValueID {
      var left = sketch.conv(sketch.map(.relu, before), depth, 1, activation: 0)
      let right = sketch.conv(sketch.map(.relu, last), depth, 1, activation: 0)
      if sketch.shape(left)[1] > sketch.shape(right)[1] { left = sketch.pool(left, 1, .averagePool2D) }
      func pooled(_ x: ValueID) -> ValueID { sketch.pool(x, 3, stride: stride, .averagePool2D) }
      let one = sketch.add(twice(right, depth, stride: stride), twice(left, depth, stride: stride))
      let two = sketch.add(twice(left, depth, stride: stride), twice(left, depth, stride: stride))
      let three = sketch.add(pooled(right), stride == 1 ? left : pooled(left))
      let four = sketch.add(pooled(left), pooled(left))
      let five = sketch.add(twice(right, depth, stride: stride), stride == 1 ? right : pooled(right))
      return sketch.concat([one, two, three, four, five])
    }
    let stem = sketch.conv(sketch.image(224), 32, stride: 2, activation: 0)
    var (before, last) = (stem, cell(stem, stem, 11, stride: 2))
    (before, last) = (last, cell(before, last, 22, stride: 2))
    for stage in 0..<3 {
      let depth = Int32(44) << Int32(stage)
      if stage > 0 { (before, last) = (last, cell(before, last, depth, stride: 2)) }
      for _ in 0..<4 { (before, last) = (last, cell(before, last, depth, stride: 1)) }
    }
    return sketch.model([
      sketch.net.softmax(sketch.net.dense(sketch.net.mean(sketch.map(.relu, last)), to: 100))
    ])
  }

  /// Stages that each take the nearest of 64 vectors away (audio codecs).
  static func quantizer() -> Model {
    var sketch = LayerSketch()
    var rest = sketch.net.input([1, 25, 32])
    var numbers: [ValueID] = []
    for _ in 0..<100 {
      let book = sketch.net.floats([64, 32], (0..<64 * 32).map { _ in sketch.net.normal() })
      let flat = sketch.reshape(rest, [25, 32])
      let products = sketch.net.node(
        .fullyConnected, [flat, book], [25, 64], (.fullyConnected, "FullyConnectedOptions", []))
      let distances = sketch.scaled(.sub, products)
      let axis = sketch.net.integers([1], [])
      let nearest = sketch.net.operation(
        .argMin, [distances, axis], [([25], .int32)], (.argMin, "ArgMinOptions", [("output_type", 2)]))[0]
      let vectors = sketch.net.node(.gather, [book, nearest], [25, 32], (.gather, "GatherOptions", []))
      rest = sketch.net.arithmetic(.sub, rest, sketch.reshape(vectors, [1, 25, 32]))
      numbers.append(nearest)
    }
    let codes = sketch.net.operation(
      .pack, numbers.map { $0 }, [([100, 25], .int32)],
      (.pack, "PackOptions", [("values_count", 100), ("axis", 0)]))
    return sketch.model(codes)
  }

  /// Every layer reads all before it (Huang et al. 2017).
  static func denseNet(_ blocks: [Int]) -> Model {
    var sketch = LayerSketch()
    var x = sketch.pool(sketch.conv(sketch.image(128), 64, 7, stride: 2))
    for (number, layers) in blocks.enumerated() {
      if number > 0 {
        x = sketch.pool(sketch.conv(sketch.scaled(.mul, x), sketch.channels(x) / 2, 1), 2, .averagePool2D)
      }
      for _ in 0..<layers {
        let plain = sketch.scaled(.add, sketch.scaled(.mul, x), activation: 1)
        x = sketch.concat([x, sketch.conv(sketch.conv(plain, 128, 1), 32, activation: 0)])
      }
    }
    return sketch.model([sketch.net.dense(sketch.net.mean(x), to: 100)])
  }

  /// Attention with all heads in one product, and layer normalization written out.
  static func transformer() -> Model {
    var sketch = LayerSketch()
    var x = sketch.reshape(sketch.conv(sketch.image(64), 96, 8, stride: 8, activation: 0), [64, 96])
    for _ in 0..<8 {
      let plain = sketch.normalized(x)
      let parts = (0..<3).map { _ in
        sketch.transpose(sketch.reshape(sketch.net.dense(plain, to: 96), [1, 64, 6, 16]), [0, 2, 1, 3])
      }
      let weights = sketch.net.softmax(sketch.product(parts[0], parts[1], isTransposed: true))
      let mixed = sketch.reshape(
        sketch.transpose(sketch.product(weights, parts[2]), [0, 2, 1, 3]), [64, 96])
      x = sketch.add(x, sketch.net.dense(mixed, to: 96))
      let wide = sketch.net.dense(sketch.normalized(x), to: 384)
      let gate = sketch.map(.logistic, sketch.scaled(.mul, wide))
      x = sketch.add(x, sketch.net.dense(sketch.net.arithmetic(.mul, wide, gate), to: 96))
    }
    return sketch.model([x])
  }

  /// Attention whose heads are sliced out one by one.
  static func slicedHeads() -> Model {
    var sketch = LayerSketch()
    var x = sketch.net.input([48, 96])
    for _ in 0..<4 {
      let all = (0..<3).map { _ in sketch.net.dense(x, to: 96) }
      let heads = (0..<12).map { head in
        let parts = all.map { sketch.slice($0, from: [0, Int32(8 * head)], [48, 8]) }
        let weights = sketch.net.softmax(sketch.product(parts[0], parts[1], isTransposed: true))
        return sketch.product(weights, parts[2])
      }
      x = sketch.normalized(sketch.add(x, sketch.net.dense(sketch.concat(heads), to: 96)))
    }
    return sketch.model([x])
  }

  /// Features of five levels, mixed both ways three times, with two heads on each (Tan et al. 2020).
  static func efficientDet() -> Model {
    var sketch = LayerSketch()
    var levels = mobileLevels(&sketch)
    for _ in 0..<3 {
      var up = levels
      for index in (0..<4).reversed() {
        let wide = sketch.resized(up[index + 1], sketch.shape(levels[index])[1])
        up[index] = sketch.separable(
          sketch.add(sketch.scaled(.mul, levels[index]), sketch.scaled(.mul, wide)), 64)
      }
      var down = up
      for index in 1..<5 {
        let small = sketch.pool(down[index - 1], 3)
        let sum = sketch.add(sketch.scaled(.mul, levels[index]), sketch.scaled(.mul, small))
        down[index] = sketch.separable(index < 4 ? sketch.add(sum, sketch.scaled(.mul, up[index])) : sum, 64)
      }
      levels = down
    }
    let heads = levels.flatMap { level in
      [Int32(36), 90].map { depth in
        var x = level
        for _ in 0..<3 { x = sketch.separable(x, 64) }
        let last = sketch.conv(x, depth, 1, activation: 0)
        return sketch.reshape(last, [1, sketch.shape(last).dropFirst().reduce(1, *), 1])
      }
    }
    return sketch.model(heads)
  }

  private static func mobileLevels(_ sketch: inout LayerSketch) -> [ValueID] {
    var x = sketch.conv(sketch.image(256), 16, stride: 2)
    x = sketch.inverted(sketch.inverted(x, 24, stride: 2), 24)
    return [Int32(40), 64, 96, 160, 192].map { depth in
      x = sketch.inverted(sketch.inverted(x, depth, stride: 2), depth)
      return sketch.conv(x, 64, 1)
    }
  }

  /// Decoders of every depth, each joined with all before it on its level (Zhou et al. 2018).
  static func nestedUNet() -> Model {
    var sketch = LayerSketch()
    func block(_ x: ValueID, _ depth: Int32) -> ValueID { sketch.conv(sketch.conv(x, depth), depth) }
    var rows: [[ValueID]] = []
    var x = sketch.image(96)
    for level in 0..<5 {
      x = block(level == 0 ? x : sketch.pool(x), Int32(8) << Int32(level))
      rows.append([x])
    }
    for column in 1..<5 {
      for level in 0..<5 - column {
        let up = sketch.resized(rows[level + 1][column - 1], sketch.shape(rows[level][0])[1])
        rows[level].append(block(sketch.concat(rows[level] + [up]), Int32(8) << Int32(level)))
      }
    }
    return sketch.model(rows[0].dropFirst().map { sketch.conv($0, 1, 1, activation: 0) })
  }

  /// Halves that are split, worked on, joined and shuffled (Ma et al. 2018).
  static func shuffleNet() -> Model {
    var sketch = LayerSketch()
    var x = sketch.pool(sketch.conv(sketch.image(160), 24, stride: 2))
    func shuffled(_ x: ValueID) -> ValueID {
      let (size, depth) = (sketch.shape(x)[1], sketch.channels(x))
      let apart = sketch.transpose(sketch.reshape(x, [size, size, 2, depth / 2]), [0, 1, 3, 2])
      return sketch.reshape(apart, [1, size, size, depth])
    }
    for (depth, count) in [(116, 4), (232, 8), (464, 4)] as [(Int32, Int)] {
      for block in 0..<count {
        let parts = block == 0 ? [x, x] : sketch.split(x, 2)
        var short = parts[0]
        if block == 0 { short = sketch.conv(sketch.net.depthwise(short, stride: 2), depth / 2, 1) }
        let wide = sketch.net.depthwise(sketch.conv(parts[1], depth / 2, 1), stride: block == 0 ? 2 : 1)
        x = shuffled(sketch.concat([short, sketch.conv(wide, depth / 2, 1)]))
      }
    }
    return sketch.model([sketch.net.dense(sketch.net.mean(sketch.conv(x, 256, 1)), to: 100)])
  }

  /// Residual blocks of two and three branches (Szegedy et al. 2017).
  static func inceptionResNet() -> Model {
    var sketch = LayerSketch()
    var x = sketch.pool(sketch.conv(sketch.conv(sketch.image(128), 32, stride: 2), 64))
    for (depth, count, branches) in [(96, 10, [1, 2, 3]), (160, 20, [1, 3]), (256, 9, [1, 3])]
      as [(Int32, Int, [Int])]
    {
      x = sketch.conv(x, depth, stride: 2)
      for _ in 0..<count {
        let parts = branches.map { length in
          (1..<length).reduce(sketch.conv(x, 32, 1)) { value, _ in sketch.conv(value, 32) }
        }
        let up = sketch.scaled(.mul, sketch.conv(sketch.concat(parts), depth, 1, activation: 0))
        x = sketch.add(x, up, activation: 1)
      }
    }
    return sketch.model([sketch.net.dense(sketch.net.mean(x), to: 100)])
  }

  /// A hundred choices between two graphs and a hundred loops.
  static func controlFlow() -> Model {
    var main = NetBuilder(seed: 1)
    let flag = main.input([1], .bool)
    var x = main.input([1, 64])
    var graphs: [Graph] = []
    for number in 0..<100 {
      let first = Int64(4 * number + 1)
      x = main.node(
        .if, [flag, x], [1, 64],
        (.if, "IfOptions", [("then_subgraph_index", first), ("else_subgraph_index", first + 1)]))
      let counter = main.integers([0])
      x =
        main.operation(
          .while, [counter, x], [([1], .int32), ([1, 64], .float32)],
          (.while, "WhileOptions", [("cond_subgraph_index", first + 2), ("body_subgraph_index", first + 3)]))[
          1]
      graphs += [BuiltinOperator.neg, .abs].map { builtin in
        var branch = NetBuilder(seed: 2)
        let input = branch.input([1, 64])
        let inner = branch.node(builtin, [input], [1, 64])
        let sum = branch.arithmetic(.add, inner, input)
        return branch.graph([sum])
      }
      graphs += turns()
    }
    return Model(graphs: [main.graph([x])] + graphs)
  }

  /// The test and the body of a loop of two turns.
  private static func turns() -> [Graph] {
    var test = NetBuilder(seed: 3)
    let tested = test.input([1], .int32)
    _ = test.input([1, 64])
    let limit = test.integers([2])
    let goesOn = test.operation(.less, [tested, limit], [([1], .bool)])
    var body = NetBuilder(seed: 4)
    let number = body.input([1], .int32)
    let carried = body.input([1, 64])
    let one = body.integers([1])
    let next = body.operation(
      .add, [number, one], [([1], .int32)], (.add, "AddOptions", [("fused_activation_function", 0)]))
    let changed = body.arithmetic(.mul, body.node(.tanh, [carried], [1, 64]), carried)
    return [test.graph(goesOn), body.graph(next + [changed])]
  }
}
