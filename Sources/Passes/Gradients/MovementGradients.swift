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

  /// Numbers under all windows together that are looked at.
  private static let entryLimit = 1 << 26

  init?(isMax: Bool, _ operands: GradientOperands) {
    let (node, output, graph) = (operands.node, operands.output, operands.graph)
    guard let input = node.inputs.first.flatMap(\.self), let source = graph[input].shape,
      let target = graph[output].shape, source.rank == 4, target.rank == 4, source[0] == 1,
      source[3] == target[3],
      let rows = Self.window(node, source[1], target[1], "filter_height", "stride_h"),
      let columns = Self.window(node, source[2], target[2], "filter_width", "stride_w"),
      source.elementCount > 0,
      target.elementCount.saturatingMultiply(rows.taps).saturatingMultiply(columns.taps) <= Self.entryLimit
    else { return nil }
    (self.input, self.output, range, channels) = (input, output, operands.range, source[3])
    self.isMax = isMax
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
        guard let first = window.first else {
          result.setLanes(position * channels + channel, SIMD8(repeating: 0))
          continue
        }
        var total = source.lanes(first + channel)
        for pixel in window.dropFirst() {
          let next = source.lanes(pixel + channel)
          total = isMax ? total.replacing(with: next, where: next .> total) : total + next
        }
        if !isMax { total /= Float(window.count) }
        result.setLanes(position * channels + channel, total)
      }
    }
    ActivationClamp.forward(result, range)
  }

  /// A maximum's derivative goes to the first element that has it.
  func backward(_ memory: GradientMemory) {
    guard memory.hasGradient(input) else { return }
    let (source, result) = (memory.value(input), memory.value(output))
    let (sourceGradient, gradient) = (memory.gradient(input), memory.gradient(output))
    ActivationClamp.backward(gradient, result, range)
    let zero = SIMD8<Float>(repeating: 0)
    for (position, window) in windows.enumerated() {
      for channel in 0..<channels {
        var rest = gradient.lanes(position * channels + channel)
        let largest = result.lanes(position * channels + channel)
        if !isMax { rest /= Float(window.count) }
        for pixel in window {
          let place = pixel + channel
          let old = sourceGradient.lanes(place)
          if isMax {
            let isLargest = source.lanes(place) .== largest
            sourceGradient.setLanes(place, old + zero.replacing(with: rest, where: isLargest))
            rest.replace(with: zero, where: isLargest)
          } else {
            sourceGradient.setLanes(place, old + rest)
          }
        }
      }
    }
  }
}

/// MEAN and SUM over constant axes.
struct ReductionGradient: GradientRule {
  private let input: ValueID
  private let output: ValueID
  /// Which result an element goes into.
  private let places: [Int32]
  private let factor: Float

  init?(isMean: Bool, _ operands: GradientOperands) {
    let (node, output, graph) = (operands.node, operands.output, operands.graph)
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
      isMean ? Float(target.elementCount) / Float(source.elementCount) : 1
  }

  func forward(_ memory: GradientMemory) {
    let (source, result) = (memory.value(input), memory.value(output))
    result.fill(0)
    for index in places.indices {
      let place = Int(places[index])
      result.setLanes(place, result.lanes(place) + factor * source.lanes(index))
    }
  }

  func backward(_ memory: GradientMemory) {
    guard memory.hasGradient(input) else { return }
    let (sourceGradient, gradient) = (memory.gradient(input), memory.gradient(output))
    for index in places.indices {
      let slope = gradient.lanes(Int(places[index]))
      sourceGradient.setLanes(index, sourceGradient.lanes(index) + factor * slope)
    }
  }
}

/// Operators that only copy: RESHAPE and its kin, CONCATENATION, PAD.
struct CopyGradient: GradientRule {
  private let output: ValueID
  /// Stretches of operands and where they go.
  private let stretches: [(source: ValueID, from: Int, to: Int, count: Int)]

  enum Form: Sendable {
    case whole
    case joining
    case padding
  }

  init?(_ form: Form, _ operands: GradientOperands) {
    let (node, graph) = (operands.node, operands.graph)
    output = operands.output
    guard let target = graph[output].shape else { return nil }
    switch form {
    case .joining:
      guard let stretches = Self.concatenation(node, target, graph) else { return nil }
      self.stretches = stretches
    case .padding:
      guard let stretches = Self.pad(node, target, graph) else { return nil }
      self.stretches = stretches
    case .whole:
      guard let input = node.inputs.first.flatMap(\.self), graph[input].elementType == .float32,
        graph[input].shape?.elementCount == target.elementCount
      else { return nil }
      stretches = [(input, 0, 0, target.elementCount)]
    }
  }

  func forward(_ memory: GradientMemory) {
    let (result, lanes) = (memory.value(output), GradientMemory.laneCount)
    for part in stretches {
      result.copy(
        from: memory.value(part.source), part.from * lanes..<(part.from + part.count) * lanes,
        to: part.to * lanes)
    }
  }

  func backward(_ memory: GradientMemory) {
    guard memory.hasGradient(output) else { return }
    let (gradient, lanes) = (memory.gradient(output), GradientMemory.laneCount)
    for part in stretches where memory.hasGradient(part.source) {
      VectorLoops.addScaled(
        1, gradient, part.to * lanes, to: memory.gradient(part.source), part.from * lanes,
        count: part.count * lanes)
    }
  }

  private typealias Stretches = [(source: ValueID, from: Int, to: Int, count: Int)]

  private static func concatenation(_ node: Node, _ target: Shape, _ graph: Graph) -> Stretches? {
    let stored = node.attributes.integer("axis")
    let axis = stored < 0 ? stored + target.rank : stored
    guard axis >= 0, axis < target.rank, target.elementCount > 0 else { return nil }
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
