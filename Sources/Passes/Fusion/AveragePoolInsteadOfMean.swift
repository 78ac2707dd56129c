package import GraphIR
import Tensors

/// MEAN over rows and columns of N×H×W×C is an AVERAGE_POOL_2D with one window of H×W: the same sum, divided
/// by the same count. The pool has no operand of axes, no scratch memory, and fast kernels everywhere.
///
/// Floats are summed in the same order. Integer MEAN multiplies by a truncated 1/(H·W) and rounds twice, the
/// pool divides and rounds half away from zero: the edit is made only where both agree on every possible sum.
/// Where MEAN drops the axes, its readers must not mind them: FULLY_CONNECTED and RESHAPE do not.
package struct AveragePoolInsteadOfMean: RewriteRule {
  package static let name = "average-pool-instead-of-mean"

  /// Elements of the largest test that proves integers equal.
  static let largestProof = 1 << 23

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let graph = context.graph
      guard graph[id].code.builtin == .mean, let ends = context.ends(of: id),
        let shape = context.dimensions(ends.input), shape.count == 4, shape[1] > 0, shape[2] > 0,
        let axes = context.integers(context.input(1, of: graph[id])),
        Set(axes.map { $0 < 0 ? $0 + 4 : $0 }) == [1, 2]
      else { throw .noMatch }
      let pool = Node.making(
        .averagePool2D, version: graph[ends.input].elementType == .float32 ? 1 : 2, [ends.input],
        [ends.output],
        .init(
          .pool2D, "Pool2DOptions",
          [
            ("padding", 1), ("stride_w", shape[2]), ("stride_h", shape[1]), ("filter_width", shape[2]),
            ("filter_height", shape[1]), ("fused_activation_function", 0),
          ]))
      if !context.isFloat(ends.input, ends.output) {
        try requireSameSums(context, id, ends, pool, rows: shape[1], columns: shape[2])
      }
      var edit = GraphEdit(of: graph, "made an AVERAGE_POOL_2D of \(shape[1])×\(shape[2])")
      if context.dimensions(ends.output)?.count != 4 {
        try requireReadersWithoutRank(of: ends.output, context)
        var value = graph[ends.output]
        value.dimensions = [shape[0], 1, 1, shape[3]].map { Int32(clamping: $0) }
        value.shapeSignature = nil
        edit[ends.output] = value
      }
      edit[id] = pool
      return edit
    }
  }

  private func requireReadersWithoutRank(of value: ValueID, _ context: RewriteContext) throws(Refusal) {
    guard !context.isPort[value.index] else {
      throw Refusal("its result, which has lost its axes, is an output")
    }
    for reader in context.consumers[value.index] {
      let node = context.graph[reader]
      let isFree =
        node.code.builtin == .reshape
        || node.code.builtin == .fullyConnected && !node.attributes.bool("keep_num_dims")
      guard isFree else {
        throw Refusal("its result has lost its axes, and \(context.label(reader)) would need a RESHAPE")
      }
    }
  }

  /// Runs both operators on one channel for every possible sum.
  private func requireSameSums(
    _ context: RewriteContext, _ id: NodeID, _ ends: (input: ValueID, output: ValueID), _ pool: Node,
    rows: Int, columns: Int
  ) throws(Refusal) {
    var edit = GraphEdit(of: context.graph)
    let type = context.graph[ends.input].elementType
    guard context.haveEqualStorage(ends.input, ends.output) else {
      throw Refusal("its result has another scale or zero point, which AVERAGE_POOL_2D cannot give")
    }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard let numbers = type.storedNumbers, numbers.count == 256, !overflow, count <= Self.largestProof,
      count * (255 * count + 1) <= Self.largestProof
    else { throw Refusal("not all sums of \(rows)×\(columns) \(type) numbers can be tried") }
    let sums = 255 * count + 1
    var bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: numbers.lowerBound), count: count * sums)
    for sum in 0..<sums {
      for (pixel, rest) in stride(from: sum, to: 0, by: -255).enumerated() {
        bytes[pixel * sums + sum] = UInt8(truncatingIfNeeded: Int(numbers.lowerBound) + min(rest, 255))
      }
    }
    edit[ends.input].dimensions = [1, rows, columns, sums].map { Int32(clamping: $0) }
    edit[ends.input].data = TensorData(bytes)
    edit[ends.output].dimensions = [1, 1, 1, sums].map { Int32(clamping: $0) }
    let graph = context.graph.applying(edit)
    let mean = context.graph[id].with("keep_dims", 1)
    let first = try NodeEvaluation.outputs(of: mean, in: graph).joined()
    let second = try NodeEvaluation.outputs(of: pool, in: graph).joined()
    let wrong = zip(first, second).count { $0 != $1 }
    guard wrong == 0 else {
      throw Refusal("AVERAGE_POOL_2D would round \(wrong) of \(sums) possible sums to another number")
    }
  }
}
