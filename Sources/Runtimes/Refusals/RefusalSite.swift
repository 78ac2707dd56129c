import GraphIR
import Operators
import Tensors

/// A node as its kernel looks at it; questions about operands that are absent have harmless answers.
struct RefusalSite {
  let model: Model
  let graph: Graph
  let node: Node
  let target: TFLMTarget
  /// The graph's position in the model.
  var graphIndex = 0
  /// The model's offsets, where an operator asks for them.
  var offsets: OfflineOffsets?
  /// Whether questions about what a kernel goes on with are answered: what it ends over comes first.
  var seesWrongAnswers = false

  /// An operand; nil where it is absent.
  func input(_ position: Int) -> KernelTensor? {
    guard node.inputs.indices.contains(position), let id = node.inputs[position] else { return nil }
    return tensor(id)
  }

  /// A result; nil where there is none.
  func output(_ position: Int) -> KernelTensor? {
    node.outputs.indices.contains(position) ? tensor(node.outputs[position]) : nil
  }

  private func tensor(_ id: ValueID) -> KernelTensor? {
    graph.values.indices.contains(id.index) ? KernelTensor(value: graph[id]) : nil
  }

  /// All operands that are there.
  var inputs: [KernelTensor] { node.inputs.indices.compactMap(input) }
  /// All results.
  var outputs: [KernelTensor] { node.outputs.indices.compactMap(output) }

  /// The fused activation.
  var activation: FusedActivation { FusedActivation(node.attributes) }

  /// A sentence that begins with the kernel's name.
  func refuse(_ kind: TFLMFinding.Kind, _ text: String, _ remedy: String = Remedy.convert) -> Refusal {
    Refusal(kind: kind, problem: "TFLM's \(node.code.name) \(text)", remedy: remedy)
  }

  /// What a kernel does not check: it goes on, and reads or writes what is not there.
  func unchecked(_ refusal: Refusal?) -> Refusal? {
    guard seesWrongAnswers, var refusal else { return nil }
    refusal.severity = .wrongAnswers
    return refusal
  }

  /// A sentence about answers that TFLM gets wrong.
  func misreads(_ kind: TFLMFinding.Kind, _ text: String, _ remedy: String = Remedy.convert) -> Refusal? {
    unchecked(refuse(kind, text, remedy))
  }
}

/// What helps against several problems.
enum Remedy {
  static let convert = "Convert the model anew, or express this with other operators."
  static let quantize =
    "Quantize the float model again: converters, and nnopt optimize --quantize, give what the kernel needs."
  static let requantize = "Put a QUANTIZE before or behind it, or quantize the float model again."
  static let fixShapes = "Convert the model with fixed input shapes."
}
