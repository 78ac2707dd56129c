import GraphIR
import Tensors

/// Reads what layers, sums and splits compute as a linear form of the values that go in.
///
/// Batches stand in front: the last axis is what the form's rows are.
struct LinearReader {
  let context: RewriteContext
  private var known: [ValueID: LinearForm] = [:]

  init(_ context: RewriteContext) { self.context = context }

  private var graph: Graph { context.graph }

  /// Operators between a value and its vectors, at most.
  private static let depthLimit = 16

  /// The form of a value; nil where it is none of vectors and constants.
  mutating func form(of value: ValueID, depth: Int = LinearReader.depthLimit) -> LinearForm? {
    if let form = known[value] { return form }
    guard depth > 0, let id = context.producer(of: value) else { return nil }
    let node = graph[id]
    let form: LinearForm? =
      switch node.code.builtin {
      case .fullyConnected: product(node, isTransposed: false)
      case .batchMatMul: product(node, isTransposed: !node.attributes.bool("adj_y"))
      case .add: sum(node, value, depth)
      case .split, .splitV, .slice, .stridedSlice: part(node, value, depth)
      case .reshape, .squeeze, .expandDims:
        node.inputs.first?.flatMap { keepsRows($0, value) ? self.form(of: $0, depth: depth - 1) : nil }
      default: nil
      }
    guard let form, form.rows == context.dimensions(value)?.last else { return nil }
    known[value] = form
    return form
  }

  /// The value behind operators that leave rows and elements as they are.
  func source(of value: ValueID) -> ValueID {
    var value = value
    for _ in 0..<Self.depthLimit {
      guard let id = context.node(.reshape, .squeeze, .expandDims, writing: value),
        let operand = context.input(0, of: graph[id]), keepsRows(operand, value)
      else { break }
      value = operand
    }
    return value
  }

  private func keepsRows(_ left: ValueID, _ right: ValueID) -> Bool {
    guard let left = graph[left].shape, let right = graph[right].shape else { return false }
    return left.elementCount == right.elementCount && left.dimensions.last == right.dimensions.last
  }

  /// The vectors that stand one behind another in a value; zeros have no source.
  private func vectors(_ value: ValueID) -> [(source: ValueID?, width: Int)]? {
    let value = source(of: value)
    guard let width = context.dimensions(value)?.last else { return nil }
    if context.uniform(value) == 0 { return [(nil, width)] }
    guard let id = context.node(.concatenation, writing: value), context.activation(of: id) == 0,
      let rank = context.dimensions(value)?.count
    else { return [(value, width)] }
    let axis = graph[id].attributes.integer("axis")
    guard axis == rank - 1 || axis == -1 else { return [(value, width)] }
    var parts: [(source: ValueID?, width: Int)] = []
    for operand in graph[id].inputs.compactMap(\.self) {
      guard let own = vectors(operand) else { return nil }
      parts += own
    }
    return parts
  }

  private func product(_ node: Node, isTransposed: Bool) -> LinearForm? {
    guard node.inputs.count >= 2, let operand = node.inputs[0], let filter = node.inputs[1],
      let weights = context.floats(filter), let vectors = vectors(operand),
      let dimensions = context.dimensions(filter), dimensions.count >= 2,
      dimensions.dropLast(2).allSatisfy({ $0 == 1 }),
      node.attributes.integer("fused_activation_function") == 0,
      node.attributes.integer("weights_format") == 0, !node.attributes.bool("adj_x")
    else { return nil }
    let (first, last) = (dimensions[dimensions.count - 2], dimensions[dimensions.count - 1])
    let (rows, columns) = isTransposed ? (last, first) : (first, last)
    guard vectors.reduce(0, { $0 + $1.width }) == columns else { return nil }
    let matrix =
      isTransposed
      ? (0..<rows).flatMap { row in (0..<columns).map { weights[$0 * rows + row] } } : weights
    var constant = [Float](repeating: 0, count: rows)
    if node.code.builtin == .fullyConnected, let bias = node.operand(2) {
      guard let stored = context.floats(bias), stored.count == rows else { return nil }
      constant = stored
    }
    return LinearForm(matrix: matrix, rows: rows, times: vectors, constant: constant)
  }

  private mutating func sum(_ node: Node, _ value: ValueID, _ depth: Int) -> LinearForm? {
    guard node.attributes.integer("fused_activation_function") == 0, node.inputs.count == 2,
      let rows = context.dimensions(value)?.last
    else { return nil }
    var sum = LinearForm(constant: [Float](repeating: 0, count: rows))
    for operand in node.inputs.compactMap(\.self) {
      if let numbers = context.floats(operand), numbers.count == rows || numbers.count == 1 {
        let constant = numbers.count == rows ? numbers : [Float](repeating: numbers[0], count: rows)
        guard let next = sum.adding(LinearForm(constant: constant)) else { return nil }
        sum = next
      } else {
        guard let form = form(of: operand, depth: depth - 1), let next = sum.adding(form) else { return nil }
        sum = next
      }
    }
    return sum
  }

  private mutating func part(_ node: Node, _ value: ValueID, _ depth: Int) -> LinearForm? {
    let position = node.code.builtin == .split ? 1 : 0
    guard let operand = node.operand(position), let all = context.dimensions(operand),
      let own = context.dimensions(value), let start = start(of: value, node, all, own),
      all.dropLast().reduce(1, *) == own.dropLast().reduce(1, *), let width = own.last,
      let form = form(of: operand, depth: depth - 1), start + width <= form.rows
    else { return nil }
    return form.rows(start..<start + width)
  }

  /// Where a piece of the last axis starts; nil for other pieces.
  private func start(of value: ValueID, _ node: Node, _ all: [Int], _ own: [Int]) -> Int? {
    let last = all.count - 1
    switch node.code.builtin {
    case .split, .splitV:
      let axis = context.integers(node.operand(node.code.builtin == .split ? 0 : 2))?.first
      guard axis == last || axis == -1, let index = node.outputs.firstIndex(of: value) else { return nil }
      let widths = node.outputs[..<index].map { context.dimensions($0)?.last ?? 0 }
      return widths.reduce(0, +)
    case .slice:
      guard own.count == all.count, let begin = context.integers(node.operand(1)), begin.count == all.count
      else { return nil }
      return begin.dropLast().allSatisfy { $0 == 0 } ? begin[last] : nil
    default:
      guard own.count == all.count, let begin = context.integers(node.operand(1)), begin.count == all.count,
        let strides = context.integers(node.operand(3)), strides.allSatisfy({ $0 == 1 }),
        node.attributes.integer("ellipsis_mask") == 0, node.attributes.integer("new_axis_mask") == 0,
        node.attributes.integer("shrink_axis_mask") == 0
      else { return nil }
      let isOpen = node.attributes.integer("begin_mask") >> last & 1 == 1
      return isOpen ? 0 : begin[last] + (begin[last] < 0 ? all[last] : 0)
    }
  }
}
