import GraphIR
import Operators
import Tensors

/// What TFLM's DECODE refuses when it prepares, and where it reads beyond the end of what it is given (`decode.cc`,
/// `decode_state_*.cc`).
enum DecodeDemands {
  static func first(_ site: RefusalSite) -> Refusal? {
    let node = site.node
    guard !node.outputs.isEmpty, node.inputs.count == 2 * node.outputs.count else {
      return site.refuse(
        .operands,
        "takes two operands for each result, and has \(node.inputs.count) for \(node.outputs.count)", remedy)
    }
    for position in node.outputs.indices {
      let (encoded, ancillary) = (
        RefusalSite.Operand.input(2 * position), RefusalSite.Operand.input(2 * position + 1)
      )
      if let refusal = site.lacks(encoded, ancillary) ?? site.isComputed(encoded, ancillary) {
        return refusal
      }
      do throws(KernelError) {
        let context = NodeContext(node, in: site.graph)
        let tensor = try CodedTensor(context, position)
        guard site.seesWrongAnswers else { continue }
        _ = try tensor.decoded()
      } catch {
        let text = "does not take its operands: \(error)"
        return error.isAboutData
          ? site.misreads(.operands, text, remedy) : site.refuse(.operands, text, remedy)
      }
    }
    return nil
  }

  private static let remedy = "Compress the weights again, by nnopt optimize --compress."
}

extension KernelError {
  /// Whether it is about what the runtime does not check.
  fileprivate var isAboutData: Bool { if case .invalidData = self { true } else { false } }
}
