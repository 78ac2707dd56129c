import ModelFiles
import Passes
import Tensors
import Testing

@testable import GraphIR

/// Damaged models are cleaned or refused; none traps.
@Suite struct CleanUpHostileTests {
  @Test func neverTraps() throws {
    var generator = SeededRandom(seed: 3)
    let models = [Self.floats(), Self.bytes()]
    var cleaned = 0
    for round in 0..<300 {
      var model = models[round % models.count]
      for _ in 0..<Int.random(in: 1...4, using: &generator) { Self.damage(&model.graphs[0], &generator) }
      var log = PassLog()
      do {
        try CleanUp(unpacksWeights: round % 3 == 0).run(on: &model, log: &log)
        cleaned += 1
      } catch {
        #expect(!error.reason.contains("has broken the model"), "\(error)")
      }
    }
    #expect(cleaned > 30)
  }

  private static func damage(_ graph: inout Graph, _ generator: inout SeededRandom) {
    let numbers: [Int64] = [0, 1, -1, 2, 3, 7, 127, 1 << 20, Int64(Int32.max), Int64(Int32.min)]
    let number = numbers.randomElement(using: &generator) ?? 0
    guard let value = graph.values.indices.randomElement(using: &generator),
      let node = graph.nodes.indices.randomElement(using: &generator)
    else { return }
    switch Int.random(in: 0..<8, using: &generator) {
    case 0:
      graph.values[value].dimensions = (0..<Int.random(in: 0...5, using: &generator)).map { _ in Int32(number)
      }
    case 1:
      if let axis = graph.values[value].dimensions?.indices.randomElement(using: &generator) {
        graph.values[value].dimensions?[axis] = Int32(number)
      }
    case 2: graph.values[value].elementType = ElementType.allCases.randomElement(using: &generator) ?? .int8
    case 3:
      graph.values[value].quantization = Quantization(
        scales: [[0, -1, .nan, .infinity, 1e-38, 0.1].randomElement(using: &generator) ?? 1],
        zeroPoints: [number])
    case 4:
      let bytes = graph.values[value].data.bytes.map { _ in UInt8.random(in: 0...255, using: &generator) }
      if !bytes.isEmpty { graph.values[value].data = TensorData(bytes) }
    case 5:
      if let field = graph.nodes[node].attributes.fields.randomElement(using: &generator) {
        graph.nodes[node].options?.record[field.name] = .integer(number)
      }
    case 6:
      if let position = graph.nodes[node].inputs.indices.randomElement(using: &generator) {
        graph.nodes[node].inputs[position] = Bool.random(using: &generator) ? ValueID(value) : nil
      }
    default:
      let other = graph.nodes.indices.randomElement(using: &generator) ?? node
      graph.nodes[node].code = graph.nodes[other].code
    }
  }

  /// A model in which most rules for floats find something.
  private static func floats() -> Model {
    let sketch = Sketch()
    let maximum = Sketch.Options(code: 39, type: "MaximumMinimumOptions", fields: [])
    let x = sketch.input([1, 8, 8, 2])
    let shape = sketch.node(
      .shape, [x], [4], .int32, options: .init(code: 55, type: "ShapeOptions", fields: []))
    let a = sketch.node(.reshape, [x, shape], [1, 8, 8, 2], options: .reshape)
    let scaled = sketch.node(.mul, [a, sketch.random([2])], [1, 8, 8, 2], options: .mul())
    let padded = sketch.node(
      .pad, [scaled, sketch.integers([0, 0, 1, 1, 1, 1, 0, 0], [4, 2])], [1, 10, 10, 2])
    let b = sketch.node(
      .conv2D, [padded, sketch.random([4, 3, 3, 2]), sketch.bias(4)], [1, 8, 8, 4], options: .convolution())
    let c = sketch.node(.sub, [sketch.random([4]), b], [1, 8, 8, 4], options: .sub())
    let low = sketch.node(.maximum, [c, sketch.filled([], 0)], [1, 8, 8, 4], options: maximum)
    let d = sketch.node(.minimum, [low, sketch.filled([], 6)], [1, 8, 8, 4], options: maximum)
    let block = sketch.integers([2, 2])
    let e = sketch.node(
      .spaceToBatchND, [d, block, sketch.integers([2, 2, 2, 2], [2, 2])], [4, 6, 6, 4])
    let f = sketch.node(
      .depthwiseConv2D, [e, sketch.random([1, 3, 3, 4]), sketch.bias(4)], [4, 4, 4, 4],
      options: .convolution(multiplier: 1))
    let g = sketch.node(
      .batchToSpaceND, [f, block, sketch.integers([0, 0, 0, 0], [2, 2])], [1, 8, 8, 4])
    let sum = sketch.node(.add, [g, sketch.filled([], 3)], [1, 8, 8, 4], options: .add(3))
    let product = sketch.node(.mul, [g, sum], [1, 8, 8, 4], options: .mul())
    let h = sketch.node(.div, [product, sketch.filled([], 6)], [1, 8, 8, 4], options: .div())
    let turned = sketch.node(.transpose, [h, sketch.integers([0, 2, 1, 3])], [1, 8, 8, 4])
    let back = sketch.node(.transpose, [turned, sketch.integers([0, 2, 1, 3])], [1, 8, 8, 4])
    let mean = sketch.node(
      .mean, [back, sketch.integers([1, 2])], [1, 4], options: .reducer(keepsDimensions: false))
    let square = sketch.node(.square, [mean], [1, 4])
    let norm = sketch.node(
      .sum, [square, sketch.integers([-1])], [1, 1], options: .reducer(keepsDimensions: true))
    let least = sketch.node(.maximum, [norm, sketch.filled([], 1e-12)], [1, 1], options: maximum)
    let root = sketch.node(.rsqrt, [least], [1, 1])
    let i = sketch.node(.mul, [mean, root], [1, 4], options: .mul())
    let slope = sketch.node(.mul, [i, sketch.filled([], 0.1)], [1, 4], options: .mul())
    let leaky = sketch.node(.maximum, [i, slope], [1, 4], options: maximum)
    let parts = sketch.node(.concatenation, [leaky, i], [1, 8], options: .concatenation(axis: 1))
    let all = sketch.node(.concatenation, [parts, leaky], [1, 12], options: .concatenation(axis: -1))
    let packed = sketch.constant([2, 12], .float16, (0..<48).map { $0 % 2 == 0 ? UInt8($0) : 0x38 })
    let weights = sketch.node(.dequantize, [packed], [2, 12])
    return sketch.model(
      sketch.node(.fullyConnected, [all, weights, nil], [1, 2], options: .fullyConnected()))
  }

  /// A model in which the rules for integers find something.
  private static func bytes() -> Model {
    let sketch = Sketch()
    let q = Quantization.scale(0.1, 3)
    let requantize = Sketch.Options(code: 89, type: "QuantizeOptions", fields: [])
    let x = sketch.input([1, 4, 4, 2], .int8, q)
    let real = sketch.node(.dequantize, [x], [1, 4, 4, 2])
    let a = sketch.node(.quantize, [real], [1, 4, 4, 2], .int8, q, options: requantize)
    let padded = sketch.node(
      .padv2,
      [a, sketch.integers([0, 0, 1, 1, 1, 1, 0, 0], [4, 2]), sketch.constant([1], .int8, [3])],
      [1, 6, 6, 2], .int8, q)
    let b = sketch.node(
      .conv2D, [padded, sketch.randomBytes([4, 3, 3, 2], .scale(0.02)), sketch.bias(4, bytes: 0.002)],
      [1, 4, 4, 4], .int8, q, options: .convolution())
    let c = sketch.node(.relu6, [b], [1, 4, 4, 4], .int8, q)
    let coarse = sketch.node(.quantize, [c], [1, 4, 4, 4], .int8, .scale(0.3), options: requantize)
    let fine = sketch.node(.quantize, [coarse], [1, 4, 4, 4], .int8, q, options: requantize)
    let mean = sketch.node(
      .mean, [fine, sketch.integers([1, 2])], [1, 1, 1, 4], .int8, q, options: .reducer(keepsDimensions: true)
    )
    let flat = sketch.node(.reshape, [mean, sketch.integers([1, 4])], [1, 4], .int8, q, options: .reshape)
    let parts = sketch.node(
      .concatenation, (0..<12).map { _ in flat }, [1, 48], .int8, q, options: .concatenation(axis: 1))
    return sketch.model(
      sketch.node(
        .fullyConnected, [parts, sketch.randomBytes([2, 48], .scale(0.02)), sketch.bias(2, bytes: 0.002)],
        [1, 2],
        .int8, q, options: .fullyConnected(1)))
  }

  /// What the damaged models are made from is sound and gives much to do.
  @Test(arguments: [false, true])
  func undamagedModelsAreCleaned(isByte: Bool) throws {
    let model = isByte ? Self.bytes() : Self.floats()
    var cleaned = model
    var log = PassLog()
    try CleanUp().run(on: &cleaned, log: &log)
    #expect(cleaned.graphs[0].nodes.count <= (isByte ? 8 : 11))
    let difference = try ModelPair(before: model, after: cleaned).difference()
    #expect(difference.bytes == 0)
    #expect(difference.relative <= 1e-5)
  }
}
