import GraphIR
import Tensors

/// GATHER of one computed index along the first axis, as bodies of loops take a step's part of a sequence, as SLICE and
/// RESHAPE: TFLM's GATHER takes no int16, its SLICE does. No number changes.
enum SliceInsteadOfGather {
  /// The edit of a graph; nil where nothing is to be done.
  static func edit(_ context: RewriteContext) -> GraphEdit? {
    var edit = GraphEdit(of: context.graph, "slices in place of GATHER")
    var isChanged = false
    for (index, node) in context.graph.nodes.enumerated() where node.code.builtin == .gather {
      let id = NodeID(index)
      guard node.attributes.integer("axis") == 0, node.attributes.integer("batch_dims") == 0,
        let sequence = node.operand(0), let place = node.operand(1), let output = node.outputs.first,
        !context.isConstant(place), context.graph[place].elementType == .int32,
        context.dimensions(place)?.reduce(1, *) == 1, let all = context.dimensions(sequence), !all.isEmpty,
        context.graph[sequence].elementType == .float32
      else { continue }
      isChanged = true
      let name = context.graph[output].name
      let start = edit.vector(of: place, count: all.count, before: id)
      let sizes = edit.add(.integers(name.map { "\($0)/size" }, [1] + all.dropFirst()))
      var piece = context.graph[sequence]
      piece.name = name.map { "\($0)/slice" }
      piece.dimensions?[0] = 1
      piece.shapeSignature = nil
      let slice = edit.add(piece)
      edit.insert(
        .making(.slice, [sequence, start, sizes], [slice], .init(.slice, "SliceOptions")), before: id)
      let shaped = Node.reshape(slice, to: output, in: context.graph, &edit)
      edit[id] = shaped
    }
    return isChanged ? edit : nil
  }
}

extension GraphEdit {
  /// A vector of a number, one int32, and zeros behind it.
  mutating func vector(of number: ValueID, count: Int, before id: NodeID) -> ValueID {
    let one = add(.integers("one", [1]))
    let first = add(Value(name: "index", dimensions: [1], elementType: .int32))
    let shape = Record("ReshapeOptions", [.init(name: "new_shape", value: .integers([1]))])
    insert(.making(.reshape, [number, one], [first], .init(.reshape, shape)), before: id)
    guard count > 1 else { return first }
    let zeros = add(.integers("zeros", [Int](repeating: 0, count: count - 1)))
    let start = add(Value(name: "start", dimensions: [Int32(clamping: count)], elementType: .int32))
    insert(
      .making(
        .concatenation, [first, zeros], [start],
        .init(.concatenation, "ConcatenationOptions", [("axis", 0)])), before: id)
    return start
  }
}
