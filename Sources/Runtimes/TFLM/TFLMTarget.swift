/// For which build of TFLM a prediction holds.
package struct TFLMTarget: Sendable, Equatable {
  package var abi: TargetABI
  package var kernels: KernelLibrary
  package var vectors: VectorExtension
  /// Whether the recording allocator runs, which `print_allocations()` needs and which is larger.
  package var isRecording: Bool
  /// Resource variables for which the program makes room, if the model has any; nil for as many as it has.
  package var resourceVariableSlots: Int?

  package init(
    abi: TargetABI, kernels: KernelLibrary = .reference, vectors: VectorExtension = .none,
    isRecording: Bool = false, resourceVariableSlots: Int? = nil
  ) {
    self.abi = abi
    self.kernels = kernels
    self.vectors = vectors
    self.isRecording = isRecording
    self.resourceVariableSlots = resourceVariableSlots
  }

  /// The tflite-micro Python package: reference kernels on a 64-bit host, recording.
  package static let host = TFLMTarget(abi: .host64, isRecording: true)

  /// A 32-bit Arm microcontroller, with a firmware like the measured one.
  package static func cortexM(_ kernels: KernelLibrary, _ vectors: VectorExtension = .dsp) -> TFLMTarget {
    TFLMTarget(
      abi: .arm32, kernels: kernels, vectors: vectors, resourceVariableSlots: commonResourceVariableSlots)
  }

  /// A processor as a board table describes it; see `ProcessorText`.
  ///
  /// - Parameter kernels: nil for the one with which TFLM is commonly built for the processor.
  package init(core: String, isa: String, mcu: String, kernels: KernelLibrary? = nil) {
    let text = ProcessorText(core: core, isa: isa, mcu: mcu)
    self.init(
      abi: text.abi, kernels: kernels ?? KernelLibrary(core: core, isa: isa, mcu: mcu), vectors: text.vectors,
      resourceVariableSlots: Self.commonResourceVariableSlots)
  }

  /// Slots that the measured firmware had (derived: its tails show 60), 20 bytes each on 32-bit targets.
  package static let commonResourceVariableSlots = 60
}
