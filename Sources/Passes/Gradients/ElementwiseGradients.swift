import Foundation
import GraphIR
import Operators
import Tensors

/// ADD, SUB and MUL, operands spread over the result as NumPy does.
struct BinaryGradient: GradientRule {
  enum Kind: Sendable {
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

  init?(_ kind: Kind, _ operands: GradientOperands) {
    let (node, graph) = (operands.node, operands.graph)
    guard node.inputs.count == 2, let left = node.inputs[0], let right = node.inputs[1],
      let target = graph[operands.output].shape, let first = Self.indices(graph[left].shape, in: target),
      let second = Self.indices(graph[right].shape, in: target)
    else { return nil }
    (self.kind, self.left, self.right) = (kind, left, right)
    (output, range) = (operands.output, operands.range)
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
  enum Function: Sendable {
    case clamp(ClosedRange<Float>)
    /// x, or α·x below zero.
    case leaky
    case logistic
    case tanh
  }

  private let function: Function
  private let input: ValueID
  private let output: ValueID
  private let alpha: Float

  init?(_ function: Function, _ operands: GradientOperands) {
    guard let input = operands.node.inputs.first.flatMap(\.self) else { return nil }
    self.function = function
    self.input = input
    output = operands.output
    alpha = Float(operands.node.attributes.real("alpha"))
  }

  func forward(_ memory: GradientMemory) {
    let (source, result) = (memory.value(input), memory.value(output))
    switch function {
    case .clamp(let range): VectorLoops.clamp(source, to: range, into: result)
    case .leaky:
      for index in result.indices {
        result[index] = source[index] < 0 ? alpha * source[index] : source[index]
      }
    case .logistic: for index in result.indices { result[index] = 1 / (1 + expf(-source[index])) }
    case .tanh: for index in result.indices { result[index] = tanhf(source[index]) }
    }
  }

  func backward(_ memory: GradientMemory) {
    guard memory.hasGradient(input) else { return }
    let (source, result) = (memory.value(input), memory.value(output))
    let (sourceGradient, gradient) = (memory.gradient(input), memory.gradient(output))
    if case .clamp(let range) = function {
      return VectorLoops.addInside(range, source, gradient, to: sourceGradient)
    }
    for index in result.indices {
      let (x, y) = (source[index], result[index])
      let slope: Float =
        switch function {
        case .clamp: 1
        case .leaky: x < 0 ? alpha : 1
        case .logistic: y * (1 - y)
        case .tanh: 1 - y * y
        }
      sourceGradient[index] += slope * gradient[index]
    }
  }
}
