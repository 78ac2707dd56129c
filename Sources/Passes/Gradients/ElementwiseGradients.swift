import Foundation
import GraphIR
import Operators
import Tensors

/// ADD, SUB and MUL, operands spread over the result as NumPy does.
struct BinaryGradient: GradientRule {
  private enum Kind: Sendable {
    case add
    case sub
    case mul
  }

  private let kind: Kind
  private let left: ValueID
  private let right: ValueID
  private let output: ValueID
  private let range: ClosedRange<Float>
  /// Which element of an operand an element of the result reads.
  private let leftIndices: [Int32]
  private let rightIndices: [Int32]
  /// Of the right operand of an ADD or SUB whose shapes are all the same.
  private let sign: Float?

  init?(_ node: Node, _ output: ValueID, _ range: ClosedRange<Float>, _ graph: Graph) {
    switch node.code.builtin {
    case .add: kind = .add
    case .sub: kind = .sub
    case .mul: kind = .mul
    default: return nil
    }
    guard node.inputs.count == 2, let left = node.inputs[0], let right = node.inputs[1],
      let target = graph[output].shape, let first = Self.indices(graph[left].shape, in: target),
      let second = Self.indices(graph[right].shape, in: target)
    else { return nil }
    (self.left, self.right, self.output, self.range) = (left, right, output, range)
    (leftIndices, rightIndices) = (first, second)
    let isEven = graph[left].shape == target && graph[right].shape == target
    sign = isEven && kind != .mul ? (kind == .sub ? -1 : 1) : nil
  }

  func forward(_ memory: GradientMemory) {
    let (first, second, result) = (memory.value(left), memory.value(right), memory.value(output))
    if let sign { return VectorLoops.add(first, sign, second, clampedTo: range, into: result) }
    for index in leftIndices.indices {
      let (x, y) = (first.lanes(Int(leftIndices[index])), second.lanes(Int(rightIndices[index])))
      switch kind {
      case .add: result.setLanes(index, x + y)
      case .sub: result.setLanes(index, x - y)
      case .mul: result.setLanes(index, x * y)
      }
    }
    ActivationClamp.forward(result, range)
  }

  func backward(_ memory: GradientMemory) {
    let gradient = memory.gradient(output)
    ActivationClamp.backward(gradient, memory.value(output), range)
    let (first, second) = (memory.value(left), memory.value(right))
    if memory.hasGradient(left) {
      add(gradient, 1, second, rightIndices, to: memory.gradient(left), leftIndices)
    }
    if memory.hasGradient(right) {
      add(gradient, kind == .sub ? -1 : 1, first, leftIndices, to: memory.gradient(right), rightIndices)
    }
  }

  /// Adds an operand's derivatives.
  private func add(
    _ gradient: TensorBuffer<Float>, _ sign: Float, _ other: TensorBuffer<Float>, _ otherIndices: [Int32],
    to target: TensorBuffer<Float>, _ indices: [Int32]
  ) {
    if self.sign != nil {
      return VectorLoops.addScaled(sign, gradient, 0, to: target, 0, count: gradient.count)
    }
    for index in indices.indices {
      let slope = sign * gradient.lanes(index)
      let place = Int(indices[index])
      let factor = kind == .mul ? other.lanes(Int(otherIndices[index])) : SIMD8(repeating: 1)
      target.setLanes(place, target.lanes(place) + slope * factor)
    }
  }

  private static func indices(_ shape: Shape?, in target: Shape) -> [Int32]? {
    guard let shape, shape.rank <= target.rank, target.elementCount < 1 << 30 else { return nil }
    let padded = [Int](repeating: 1, count: target.rank - shape.rank) + shape.dimensions
    var strides = [Int](repeating: 0, count: target.rank)
    var stride = 1
    for axis in (0..<target.rank).reversed() {
      guard padded[axis] == target[axis] || padded[axis] == 1 else { return nil }
      strides[axis] = padded[axis] == 1 ? 0 : stride
      stride *= padded[axis]
    }
    var places: [Int32] = [0]
    for axis in 0..<target.rank {
      places = places.flatMap { place in
        (0..<target[axis]).map { place + Int32(truncatingIfNeeded: $0 * strides[axis]) }
      }
    }
    return places
  }
}

/// Activations of one number.
struct PointwiseGradient: GradientRule {
  private let builtin: BuiltinOperator
  private let input: ValueID
  private let output: ValueID
  private let alpha: Float
  /// Of an activation that only clamps.
  private let range: ClosedRange<Float>?

  init?(_ node: Node, _ input: ValueID, _ output: ValueID) {
    builtin = node.code.builtin
    self.input = input
    self.output = output
    alpha = Float(node.attributes.real("alpha"))
    switch builtin {
    case .relu: range = 0...Float.greatestFiniteMagnitude
    case .relu6: range = 0...6
    case .reluN1To1: range = -1...1
    case .relu0To1: range = 0...1
    default: range = nil
    }
  }

  func forward(_ memory: GradientMemory) {
    let (source, result) = (memory.value(input), memory.value(output))
    if let range { return VectorLoops.clamp(source, to: range, into: result) }
    for index in result.indices {
      let x = source[index]
      switch builtin {
      case .leakyRelu: result[index] = x < 0 ? alpha * x : x
      case .tanh: result[index] = tanhf(x)
      default: result[index] = 1 / (1 + expf(-x))
      }
    }
  }

  func backward(_ memory: GradientMemory) {
    guard memory.hasGradient(input) else { return }
    let (source, result) = (memory.value(input), memory.value(output))
    let (sourceGradient, gradient) = (memory.gradient(input), memory.gradient(output))
    if let range { return VectorLoops.addInside(range, source, gradient, to: sourceGradient) }
    for index in result.indices {
      let (x, y) = (source[index], result[index])
      let slope: Float =
        switch builtin {
        case .leakyRelu: x < 0 ? alpha : 1
        case .tanh: 1 - y * y
        default: y * (1 - y)
        }
      sourceGradient[index] += slope * gradient[index]
    }
  }
}
