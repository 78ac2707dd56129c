package import GraphIR
import Tensors

/// A list of which one entry is replaced, written as CONCATENATION of what stands before it, the entry and what stands
/// behind it, as DYNAMIC_UPDATE_SLICE.
///
/// Converters write lists of tensors in loops so. The pieces before and behind have another size in each turn, for which
/// TFLM has no place: its SLICE writes beyond what the file declares. Where the list has one entry only, it is the new
/// one. No number changes.
package struct UpdateSliceInsteadOfConcatenation: RewriteRule {
  package static let name = "update-slice-instead-of-concatenation"

  package init() {}

  package func match(at id: NodeID, in context: RewriteContext) -> RewriteMatch {
    RewriteMatch { () throws(Refusal) in
      let node = context.graph[id]
      guard node.code.builtin == .concatenation, node.inputs.count == 3, node.attributes.integer("axis") == 0,
        context.activation(of: id) == 0, let output = node.outputs.first, let before = node.inputs[0],
        let item = node.inputs[1], let behind = node.inputs[2], let count = context.dimensions(item)?.first,
        count == 1
      else { throw .noMatch }
      let (list, index) = try Self.pieces(before, behind, context)
      guard let all = context.dimensions(list), all == context.dimensions(output), let size = all.first,
        context.haveEqualStorage(list, output)
      else { throw .noMatch }
      var edit = GraphEdit(of: context.graph, "writes the entry into the list")
      if size == 1 {
        let shaped = Node.reshape(item, to: output, in: context.graph, &edit)
        edit[id] = shaped
        return edit
      }
      let start: ValueID
      switch index {
      case .known(let number):
        let numbers = [number] + [Int](repeating: 0, count: all.count - 1)
        start = edit.add(.integers("start", numbers))
      case .computed(let value):
        guard context.graph[value].elementType == .int32 else {
          throw Refusal("the place of the entry is no 32-bit number")
        }
        start = edit.vector(of: value, count: all.count, before: id)
      }
      edit[id] = .making(
        .dynamicUpdateSlice, [list, item, start], [output],
        .init(.dynamicUpdateSlice, "DynamicUpdateSliceOptions"))
      return edit
    }
  }

  /// The list that two pieces are cut of, and the place between them.
  private static func pieces(
    _ before: ValueID, _ behind: ValueID, _ context: RewriteContext
  ) throws(Refusal) -> (list: ValueID, index: LeadingIndex) {
    guard let first = context.node(.slice, writing: before), let last = context.node(.slice, writing: behind),
      let list = context.input(0, of: context.graph[first]),
      context.input(0, of: context.graph[last]) == list,
      let start = context.graph[first].inputs[1], context.leadingIndex(start) == .known(0),
      let size = context.graph[first].inputs[2], let begin = context.graph[last].inputs[1],
      let rest = context.graph[last].inputs[2].flatMap(context.integers), let all = context.dimensions(list),
      let index = place(size, all, context), rest.count == all.count
    else { throw .noMatch }
    let reachesEnd = zip(rest, all).dropFirst().allSatisfy { $0 == -1 || $0 == $1 }
    guard reachesEnd, let next = context.leadingIndex(begin) else { throw .noMatch }
    switch (index, next) {
    case (.known(let number), .known(let following)):
      guard following == number + 1, rest[0] == -1 || rest[0] == all[0] - following else { throw .noMatch }
      return (list, index)
    case (.computed(let number), .computed(let following)):
      guard rest[0] == -1, let sum = context.node(.add, writing: following),
        context.operandPairs(of: sum, isCommutative: true).contains(where: {
          context.scalar($0.0) == number && context.integers($0.1) == [1]
        })
      else { throw .noMatch }
      return (list, index)
    default: throw .noMatch
    }
  }

  /// The number of entries that sizes keep, where all other axes are whole.
  private static func place(_ sizes: ValueID, _ all: [Int], _ context: RewriteContext) -> LeadingIndex? {
    if let numbers = context.integers(sizes) {
      guard let first = numbers.first, first >= 0, numbers.count == all.count,
        zip(numbers, all).dropFirst().allSatisfy({ $0 == -1 || $0 == $1 })
      else { return nil }
      return .known(first)
    }
    guard let id = context.node(.concatenation, .pack, writing: context.scalar(sizes)),
      let first = context.graph[id].inputs.first ?? nil, context.dimensions(first)?.reduce(1, *) == 1
    else { return nil }
    var others: [Int] = []
    for operand in context.graph[id].inputs.dropFirst() {
      guard let numbers = context.integers(operand) else { return nil }
      others += numbers
    }
    guard others.count == all.count - 1, zip(others, all.dropFirst()).allSatisfy({ $0 == -1 || $0 == $1 })
    else { return nil }
    return .computed(context.scalar(first))
  }
}
