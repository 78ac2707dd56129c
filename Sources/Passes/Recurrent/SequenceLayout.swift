import GraphIR
import Tensors

/// How the steps of a sequence stand in memory: time×batch×…, or batch×time×….
struct SequenceLayout {
  let steps: Int
  let batch: Int
  let isTimeMajor: Bool

  func sizes(_ width: Int) -> [Int] { isTimeMajor ? [steps, batch, width] : [batch, steps, width] }

  /// The sequence that time×batch×… is made of by exchanging both axes; nil where it is made otherwise.
  static func batchMajor(of value: ValueID, in context: RewriteContext) -> ValueID? {
    guard let id = context.node(.transpose, .reshape, writing: value),
      let source = context.input(0, of: context.graph[id]), let own = context.dimensions(value),
      context.dimensions(source) == [own[1], own[0]] + own.dropFirst(2), own.count == 3
    else { return nil }
    let isExchange =
      context.graph[id].code.builtin == .transpose
      ? context.integers(context.graph[id].operand(1)) == [1, 0, 2] : own[0] == 1 || own[1] == 1
    return isExchange ? source : nil
  }

  /// A node that exchanges time and batch.
  ///
  /// - Parameter edit: gets the constant that says so.
  func exchange(_ input: ValueID, to output: ValueID, _ edit: inout GraphEdit) -> Node {
    if steps == 1 || batch == 1 {
      var dimensions = edit[input].dimensions ?? []
      if dimensions.count == 3 { dimensions.swapAt(0, 1) }
      let sizes = dimensions.map { Int64($0) }
      let shape = edit.add(.integers(edit[output].name.map { "\($0)/shape" }, sizes.map(Int.init)))
      let options = Record("ReshapeOptions", [.init(name: "new_shape", value: .integers(sizes))])
      return .making(.reshape, [input, shape], [output], .init(.reshape, options))
    }
    let order = edit.add(.integers(edit[output].name.map { "\($0)/order" }, [1, 0, 2]))
    return .making(.transpose, [input, order], [output], .init(.transpose, "TransposeOptions"))
  }

  /// Nodes that give one step's part of a sequence.
  ///
  /// - Parameter result: a value of the graph with as many elements.
  func step(
    _ step: Int, of all: ValueID, _ width: Int, to result: ValueID, in graph: Graph, _ edit: inout GraphEdit
  ) -> [Node] {
    let sizes = SequenceLayout(steps: 1, batch: batch, isTimeMajor: isTimeMajor).sizes(width)
    let name = graph[result].name
    let part = edit.add(
      Value(
        name: name.map { "\($0)/step" }, dimensions: sizes.map { Int32(clamping: $0) },
        elementType: .float32))
    let begin = edit.add(
      .integers(name.map { "\($0)/begin" }, isTimeMajor ? [step, 0, 0] : [0, step, 0]))
    let size = edit.add(.integers(name.map { "\($0)/size" }, sizes))
    let slice = Node.making(.slice, [all, begin, size], [part], .init(.slice, "SliceOptions"))
    return [slice, .reshape(part, to: result, in: graph, &edit)]
  }
}
