import GraphIR
import Operators
import Tensors

/// MAX_POOL_2D and AVERAGE_POOL_2D.
struct PoolGradient: GradientRule {
  private let input: ValueID
  private let output: ValueID
  private let range: ClosedRange<Float>
  private let isMax: Bool
  private let channels: Int
  /// The first element of every pixel under an output pixel.
  private let windows: [[Int]]

  init?(_ node: Node, _ output: ValueID, _ range: ClosedRange<Float>, _ graph: Graph) {
    guard let input = node.inputs.first.flatMap(\.self), let source = graph[input].shape,
      let target = graph[output].shape, source.rank == 4, target.rank == 4, source[0] == 1,
      source[3] == target[3],
      let rows = Self.window(node, source[1], target[1], "filter_height", "stride_h"),
      let columns = Self.window(node, source[2], target[2], "filter_width", "stride_w")
    else { return nil }
    (self.input, self.output, self.range, channels) = (input, output, range, source[3])
    isMax = node.code.builtin == .maxPool2D
    var windows: [[Int]] = []
    for top in 0..<rows.output {
      for left in 0..<columns.output {
        let (firstRow, firstColumn) =
          (top * rows.stride - rows.paddingBefore, left * columns.stride - columns.paddingBefore)
        windows.append(
          rows.validTaps(at: top).flatMap { row in
            columns.validTaps(at: left).map { column in
              ((firstRow + row) * source[2] + firstColumn + column) * source[3]
            }
          })
      }
    }
    self.windows = windows
  }

  private static func window(
    _ node: Node, _ input: Int, _ output: Int, _ taps: String, _ stride: String
  ) -> Window? {
    try? Window(
      input: input, output: output, taps: node.attributes.integer(taps),
      stride: node.attributes.integer(stride))
  }

  func forward(_ memory: GradientMemory) {
    let (source, result) = (memory.value(input), memory.value(output))
    for (position, window) in windows.enumerated() {
      for channel in 0..<channels {
        if isMax {
          result[position * channels + channel] = source[best(window, channel, source)]
        } else {
          let sum = window.reduce(Float(0)) { $0 + source[$1 + channel] }
          result[position * channels + channel] = sum / Float(max(window.count, 1))
        }
      }
    }
    ActivationClamp.forward(result, range)
  }

  func backward(_ memory: GradientMemory) {
    let (source, sourceGradient) = (memory.value(input), memory.gradient(input))
    let gradient = memory.gradient(output)
    ActivationClamp.backward(gradient, memory.value(output), range)
    for (position, window) in windows.enumerated() {
      for channel in 0..<channels {
        let slope = gradient[position * channels + channel]
        guard slope != 0 else { continue }
        if isMax {
          sourceGradient[best(window, channel, source)] += slope
        } else {
          for pixel in window { sourceGradient[pixel + channel] += slope / Float(window.count) }
        }
      }
    }
  }

  private func best(_ window: [Int], _ channel: Int, _ source: TensorBuffer<Float>) -> Int {
    var best = (window.first ?? 0) + channel
    for pixel in window where source[pixel + channel] > source[best] { best = pixel + channel }
    return best
  }
}

/// MEAN and SUM over constant axes.
struct ReductionGradient: GradientRule {
  private let input: ValueID
  private let output: ValueID
  /// Which result an element goes into.
  private let places: [Int32]
  private let factor: Float

  init?(_ node: Node, _ output: ValueID, _ graph: Graph) {
    guard node.inputs.count > 1, let input = node.inputs[0], let axes = node.inputs[1],
      let source = graph[input].shape, let target = graph[output].shape, graph[axes].isConstant,
      graph[axes].elementType == .int32, source.elementCount > 0, source.elementCount < 1 << 30,
      target.elementCount > 0
    else { return nil }
    let reduced = Set(
      graph[axes].data.elements(Int32.self).map { $0 < 0 ? Int($0) + source.rank : Int($0) })
    var strides = [Int](repeating: 0, count: source.rank)
    var stride = 1
    for axis in (0..<source.rank).reversed() where !reduced.contains(axis) {
      strides[axis] = stride
      stride *= source[axis]
    }
    guard stride == target.elementCount else { return nil }
    var places: [Int32] = [0]
    for axis in 0..<source.rank {
      places = places.flatMap { place in
        (0..<source[axis]).map { place + Int32(truncatingIfNeeded: $0 * strides[axis]) }
      }
    }
    (self.input, self.output, self.places) = (input, output, places)
    factor =
      node.code.builtin == .mean ? Float(target.elementCount) / Float(source.elementCount) : 1
  }

  func forward(_ memory: GradientMemory) {
    let (source, result) = (memory.value(input), memory.value(output))
    result.fill(0)
    for index in source.indices { result[Int(places[index])] += factor * source[index] }
  }

  func backward(_ memory: GradientMemory) {
    let (sourceGradient, gradient) = (memory.gradient(input), memory.gradient(output))
    for index in sourceGradient.indices { sourceGradient[index] += factor * gradient[Int(places[index])] }
  }
}

/// Operators that only copy: RESHAPE and its kin, CONCATENATION, PAD.
struct CopyGradient: GradientRule {
  private let output: ValueID
  /// Stretches of operands and where they go.
  private let stretches: [(source: ValueID, from: Int, to: Int, count: Int)]

  init?(_ node: Node, _ output: ValueID, _ graph: Graph) {
    self.output = output
    guard let target = graph[output].shape else { return nil }
    switch node.code.builtin {
    case .concatenation:
      guard let stretches = Self.concatenation(node, target, graph) else { return nil }
      self.stretches = stretches
    case .pad:
      guard let stretches = Self.pad(node, target, graph) else { return nil }
      self.stretches = stretches
    default:
      guard let input = node.inputs.first.flatMap(\.self), graph[input].elementType == .float32,
        graph[input].shape?.elementCount == target.elementCount
      else { return nil }
      stretches = [(input, 0, 0, target.elementCount)]
    }
  }

  func forward(_ memory: GradientMemory) {
    let result = memory.value(output)
    for part in stretches {
      result.copy(from: memory.value(part.source), part.from..<part.from + part.count, to: part.to)
    }
  }

  func backward(_ memory: GradientMemory) {
    let gradient = memory.gradient(output)
    for part in stretches {
      VectorLoops.addScaled(
        1, gradient, part.to, to: memory.gradient(part.source), part.from, count: part.count)
    }
  }

  private typealias Stretches = [(source: ValueID, from: Int, to: Int, count: Int)]

  private static func concatenation(_ node: Node, _ target: Shape, _ graph: Graph) -> Stretches? {
    let stored = node.attributes.integer("axis")
    let axis = stored < 0 ? stored + target.rank : stored
    guard axis >= 0, axis < target.rank else { return nil }
    let inner = target.dimensions[(axis + 1)...].reduce(1, *)
    let outer = target.dimensions[..<axis].reduce(1, *)
    var stretches: Stretches = []
    var start = 0
    for input in node.inputs.compactMap(\.self) {
      guard let shape = graph[input].shape, shape.rank == target.rank,
        shape.elementCount == outer * shape[axis] * inner
      else { return nil }
      for row in 0..<outer {
        stretches.append(
          (input, row * shape[axis] * inner, (row * target[axis] + start) * inner, shape[axis] * inner))
      }
      start += shape[axis]
    }
    return start == target[axis] ? stretches : nil
  }

  private static func pad(_ node: Node, _ target: Shape, _ graph: Graph) -> Stretches? {
    guard node.inputs.count > 1, let input = node.inputs[0], let operand = node.inputs[1],
      let source = graph[input].shape, source.rank == target.rank, source.rank > 0,
      graph[operand].isConstant, graph[operand].elementType == .int32
    else { return nil }
    let paddings = graph[operand].data.elements(Int32.self).map(Int.init)
    guard paddings.count == 2 * source.rank, paddings.allSatisfy({ $0 >= 0 }),
      (0..<source.rank).allSatisfy({ source[$0] + paddings[2 * $0] + paddings[2 * $0 + 1] == target[$0] })
    else { return nil }
    let width = source[source.rank - 1]
    guard width > 0 else { return nil }
    return (0..<source.elementCount / width).map { row in
      var (rest, place, stride) = (row, paddings[2 * source.rank - 2], target[source.rank - 1])
      for axis in (0..<source.rank - 1).reversed() {
        place += (rest % source[axis] + paddings[2 * axis]) * stride
        rest /= source[axis]
        stride *= target[axis]
      }
      return (input, row * width, place, width)
    }
  }
}
