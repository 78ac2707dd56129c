package import GraphIR
import Tensors

/// A generated float network of a kind that is hard to store in few bits.
package struct FloatNet: Sendable, CustomStringConvertible {
  package let kind: Kind
  package let seed: UInt64

  package enum Kind: String, Sendable, CaseIterable {
    /// Convolutions, depthwise ones, sums, joins, pools and activations in any order.
    case any
    /// Layers whose weights are far smaller than their biases.
    case tinyWeights = "tiny weights, large biases"
    /// RELUs that never, or hardly ever, let anything through.
    case dead = "dead activations"
    /// Depthwise layers whose channels differ by orders of magnitude.
    case depthwise = "depthwise with tiny ranges"
    /// Convolutions and depthwise ones with gaps between their taps.
    case dilated = "dilated convolutions"
    /// Sums that cancel out almost entirely.
    case cancelling = "sums that cancel out"
    /// Layers without biases.
    case unbiased = "no biases"
    /// Layers whose weights are all zero.
    case empty = "weights of zero"
  }

  package init(_ kind: Kind, seed: UInt64) {
    self.kind = kind
    self.seed = seed
  }

  package var description: String { "\(kind.rawValue), \(seed)" }

  /// As many nets of every kind.
  package static func all(_ count: Int) -> [FloatNet] {
    Kind.allCases.flatMap { kind in (0..<count).map { FloatNet(kind, seed: UInt64($0)) } }
  }

  package var model: Model {
    var builder = NetBuilder(seed: 31 &* seed &+ UInt64(Kind.allCases.firstIndex(of: kind) ?? 0) &* 1_009)
    let input = builder.input([1, 12, 12, 3])
    var x = builder.convolution(
      input, to: 8, stride: Int32.random(in: 1...2, using: &builder.random), activation: 1)
    for _ in 0..<Int.random(in: 1...3, using: &builder.random) { x = block(x, &builder) }
    let isScore = Bool.random(using: &builder.random)
    let head = Bool.random(using: &builder.random) ? builder.mean(x) : x
    let scores = builder.dense(head, to: 10)
    let output = isScore ? builder.softmax(scores) : scores
    return builder.model([output])
  }

  /// One block of layers, whose result has the shape of its operand but for the channels.
  private func block(_ x: ValueID, _ builder: inout NetBuilder) -> ValueID {
    var form = NetBuilder.Weights()
    switch kind {
    case .any: return anyLayer(x, &builder)
    case .tinyWeights:
      form.gain = magnitude(2...9, &builder)
      form.bias = 1
      return sum(x, pair(x, form, NetBuilder.Weights(), &builder), &builder)
    case .dead:
      form.biasOffset = [-30, -5, -2.5].randomElement(using: &builder.random) ?? -30
      form.gain = magnitude(0...6, &builder)
      let dead = builder.convolution(x, to: 8, activation: 1, form)
      return sum(x, builder.convolution(dead, to: 8, taps: 1, activation: 1), &builder)
    case .depthwise:
      form.decades = Float.random(in: 1...6, using: &builder.random)
      form.gain = magnitude(0...5, &builder)
      form.bias = form.gain
      return builder.convolution(builder.depthwise(x, activation: 1, form), to: 8, taps: 1, activation: 1)
    case .dilated: return dilatedPair(x, &builder)
    case .cancelling:
      form.gain = magnitude(3...9, &builder)
      form.bias = form.gain
      let nothing = builder.arithmetic(.add, x, builder.convolution(x, to: 8, form))
      return builder.convolution(builder.arithmetic(.sub, nothing, x), to: 8, taps: 1, activation: 1)
    case .unbiased:
      form.hasBias = false
      return pair(x, form, form, &builder)
    case .empty:
      form.gain = 0
      form.bias = magnitude(0...4, &builder)
      return sum(x, pair(x, form, NetBuilder.Weights(), &builder), &builder)
    }
  }

  /// What a block adds, so that its errors move what comes from elsewhere across a RELU.
  private func sum(_ x: ValueID, _ y: ValueID, _ builder: inout NetBuilder) -> ValueID {
    builder.convolution(builder.arithmetic(.sub, x, y, activation: 1), to: 8, activation: 1)
  }

  private func magnitude(_ exponents: ClosedRange<Int>, _ builder: inout NetBuilder) -> Float {
    (0..<Int.random(in: exponents, using: &builder.random)).reduce(1) { number, _ in number / 10 }
  }

  /// A convolution or a depthwise one, and a convolution of one tap.
  private func pair(
    _ x: ValueID, _ first: NetBuilder.Weights, _ second: NetBuilder.Weights, _ builder: inout NetBuilder
  ) -> ValueID {
    let activation: Int64 = [0, 1, 3].randomElement(using: &builder.random) ?? 0
    let middle =
      Bool.random(using: &builder.random)
      ? builder.depthwise(x, activation: activation, first)
      : builder.convolution(x, to: 8, activation: activation, first)
    return builder.convolution(middle, to: 8, taps: 1, activation: 1, second)
  }

  private func dilatedPair(_ x: ValueID, _ builder: inout NetBuilder) -> ValueID {
    let dilation = Int32.random(in: 2...4, using: &builder.random)
    var form = NetBuilder.Weights()
    form.decades = Float.random(in: 0...3, using: &builder.random)
    let isDepthwise = Bool.random(using: &builder.random)
    let middle =
      isDepthwise
      ? builder.depthwise(x, dilation: dilation, activation: 1, form)
      : builder.convolution(x, to: 8, dilation: dilation, activation: 1, form)
    let last = builder.convolution(middle, to: 8, dilation: dilation, activation: 1)
    return builder.dimensions(x) == builder.dimensions(last) ? builder.arithmetic(.add, x, last) : last
  }

  private func anyLayer(_ x: ValueID, _ builder: inout NetBuilder) -> ValueID {
    let activation: Int64 = [0, 1, 3].randomElement(using: &builder.random) ?? 0
    let shape = builder.dimensions(x)
    switch Int.random(in: 0..<9, using: &builder.random) {
    case 0: return builder.convolution(x, to: 12, activation: activation)
    case 1: return builder.depthwise(x, activation: activation)
    case 2: return builder.arithmetic(.add, x, builder.convolution(x, to: shape[3]), activation: activation)
    case 3: return builder.arithmetic(.mul, x, builder.node(.logistic, [x], shape))
    case 4: return builder.concatenation(x, builder.convolution(x, to: 4, activation: activation))
    case 5: return builder.convolution(builder.pool(x, .maxPool2D), to: 10, activation: activation)
    case 6: return builder.convolution(builder.pool(x, .averagePool2D), to: 10, activation: activation)
    case 7:
      let leaky = builder.node(
        .leakyRelu, [builder.convolution(x, to: 6)], Array(shape.dropLast()) + [6],
        (.leakyRelu, "LeakyReluOptions", []), reals: [("alpha", 0.1)])
      return builder.depthwise(leaky, activation: activation)
    default: return builder.node(.tanh, [builder.convolution(x, to: 8)], Array(shape.dropLast()) + [8])
    }
  }
}
