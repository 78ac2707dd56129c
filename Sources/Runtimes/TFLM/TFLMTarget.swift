package import Boards
package import GraphIR

/// For which build of TFLM a prediction holds.
package struct TFLMTarget: Sendable, Equatable {
  package var abi: TargetABI
  /// The kernels' library, in the release that the figures are for.
  package var release: KernelRelease
  package var vectors: VectorExtension
  /// Whether the recording allocator runs, which `print_allocations()` needs and which is larger.
  package var isRecording: Bool
  /// Resource variables for which the program makes room, if the model has any; nil for as many as it has, as the
  /// sources of `nnopt export` do.
  package var resourceVariableSlots: Int?

  package init(
    abi: TargetABI, kernels: KernelLibrary = .reference, release: KernelRelease? = nil,
    vectors: VectorExtension = .none, isRecording: Bool = false, resourceVariableSlots: Int? = nil
  ) {
    self.abi = abi
    self.release = release ?? .newest(of: kernels)
    self.vectors = vectors
    self.isRecording = isRecording
    self.resourceVariableSlots = resourceVariableSlots
  }

  package var kernels: KernelLibrary { release.library }

  /// A board's processor.
  ///
  /// - Parameters:
  ///   - kernels: nil for the library with which TFLM is commonly built for the processor.
  ///   - release: nil for the newest of the library; of another library than the kernels', it is left aside.
  package init(
    _ processor: Processor, kernels: KernelLibrary? = nil, release: KernelRelease? = nil,
    resourceVariableSlots: Int? = nil
  ) {
    let library = kernels ?? KernelLibrary(for: processor)
    self.init(
      abi: TargetABI(processor.abi), kernels: library,
      release: release?.library == library ? release : nil,
      vectors: processor.vectors, resourceVariableSlots: resourceVariableSlots)
  }

  /// No board: a processor that the kernels suit.
  ///
  /// 32-bit Arm for the portable kernels; with DSP instructions for CMSIS-NN; for ESP-NN the ESP32-S3, whose
  /// kernels need the most.
  package init(
    commonFor kernels: KernelLibrary, release: KernelRelease? = nil,
    resourceVariableSlots: Int? = nil
  ) {
    switch kernels {
    case .reference: self = .cortexM(.reference, .none)
    case .cmsisNN: self = .cortexM(.cmsisNN, .dsp)
    case .espNN: self.init(abi: .ilp32, kernels: .espNN, vectors: .esp32s3)
    }
    self.resourceVariableSlots = resourceVariableSlots
    if let release, release.library == kernels { self.release = release }
  }

  /// The tflite-micro Python package: reference kernels on a 64-bit host, recording.
  package static let host = TFLMTarget(abi: .host64, isRecording: true)

  /// A 32-bit Arm microcontroller.
  package static func cortexM(_ kernels: KernelLibrary, _ vectors: VectorExtension = .dsp) -> TFLMTarget {
    TFLMTarget(abi: .arm32, kernels: kernels, vectors: vectors)
  }

  /// The most slots that can be asked for; each takes up to 40 bytes.
  package static let maximumResourceVariableSlots = 65_536

  /// Resource variables for which the program makes room beside a model; 0 where the model has none.
  package func resourceVariableCount(for model: Model) -> Int {
    let own = VariableTable(model).count
    return own == 0 ? 0 : max(own, resourceVariableSlots ?? own)
  }
}
