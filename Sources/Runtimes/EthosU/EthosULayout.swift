package import GraphIR
import Tensors

/// What Arm's compiler Vela presupposes of a model that it has compiled for an Ethos-U NPU.
///
/// The operands of an operator `ethos-u` are a command stream, weights, scratch memory, fast scratch memory, then the
/// tensors that other operators share (TFLM's `ethosu.cc`; Vela's `tflite_writer.py`). The command stream addresses all
/// tensors from the start of the scratch memory, at the offsets that the file's offline plan gives them; the scratch
/// tensor spans them, and lives at the same offset as the tensors in it.
package struct EthosULayout: Sendable, Equatable {
  /// Operators that run on the NPU.
  package let operatorCount: Int
  /// Bytes of the largest scratch tensor: all that the NPU uses of the arena.
  package let scratchBytes: Int
  /// Bytes of fast scratch memory where it is apart from the arena; nil where it is the scratch memory.
  ///
  /// Vela's memory mode Dedicated_Sram makes it so. TFLM plans the tensor all the same, and the NPU's driver then takes
  /// other memory in its place.
  package let separateFastBytes: Int?

  /// - Returns: nil for a model that no Ethos-U runs.
  package init?(_ model: Model) {
    var (count, scratch) = (0, 0)
    var fast: Int?
    for graph in model.graphs {
      for node in graph.nodes where node.code.isEthosU {
        count += 1
        let memories = [2, 3].map { position in
          node.inputs.indices.contains(position) ? node.inputs[position] : nil
        }
        let bytes = memories.map { id in
          id.flatMap { graph.values.indices.contains($0.index) ? graph[$0].byteCount : nil } ?? 0
        }
        scratch = max(scratch, bytes[0])
        if memories[0] != memories[1], bytes[0] != bytes[1], bytes[1] > 0 {
          fast = max(fast ?? 0, bytes[1])
        }
      }
    }
    guard count > 0 else { return nil }
    (operatorCount, scratchBytes, separateFastBytes) = (count, scratch, fast)
  }

  /// Why order and offsets have to stay, as a clause.
  package static let reasonToKeep =
    "the Ethos-U's command streams address the tensors by the offsets that Vela has given them"

  /// Why nothing in the model may change, as a sentence without a full stop.
  package static let reasonAgainstChanges =
    "Vela has compiled this model for an Ethos-U: its command streams address the tensors by the offsets that the file "
    + "gives them, and weights and layers are inside of them. Optimize the model that Vela was given, then compile it "
    + "again"

  /// Why there is no estimate of time or energy, as a clause.
  package static let reasonAgainstEstimate =
    "its ethos-u operators run on the NPU, whose time nnopt does not estimate (Vela's own report does)"
}
