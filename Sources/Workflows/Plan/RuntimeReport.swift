package import Planning
package import Runtimes

/// What TFLM takes from the arena for a model, as it came and planned.
package struct RuntimeReport: Sendable {
  /// What the plan is safe on: a library's name, or `any`.
  package let kernels: String
  /// The processor, in words.
  package let processor: String
  package let target: TFLMTarget
  /// For the target's processor.
  package let planned: PlannedModel
  /// Why no tensors overlap although the kernels would allow it; nil where they may.
  package let reasonAgainstOverlaps: String?
  /// The same files on a 64-bit host with reference kernels, as the Python package runs them.
  package let host: (stock: Charge, planned: Charge)
  /// What each library of kernels takes with a plan of its own; empty where they were not compared.
  package let libraries: [LibraryCharge]

  /// What one library of kernels takes.
  package struct LibraryCharge: Sendable {
    package var kernels: KernelLibrary { target.kernels }
    package let target: TFLMTarget
    /// The variant of the library, such as its vector extension.
    package let processor: String
    package let stock: Charge
    package let planned: Charge
    /// Whether no order and no offsets make a smaller head.
    package let isHeadProved: Bool
  }

  /// The smallest arena in which the planned file allocates its tensors, in bytes.
  package var arenaBytes: Int { planned.charge.arenaBytes }
}
