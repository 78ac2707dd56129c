package import Boards
package import Runtimes

/// The processor and the build of TFLM that files are written for.
package struct FirmwareTarget: Sendable, Equatable {
  package let tflm: TFLMTarget
  /// The target in words, such as `esp32 (2x Xtensa LX6)`.
  package let description: String

  /// A board, with the kernels with which TFLM is commonly built for it, or others.
  package init(board: Board, kernels: KernelLibrary? = nil) {
    tflm = TFLMTarget(core: board.core, isa: board.isa, mcu: board.mcu, kernels: kernels)
    description = board.core.isEmpty ? board.id : "\(board.id) (\(board.core))"
  }

  /// No board: a processor that the kernels suit.
  ///
  /// 32-bit Arm for the portable kernels; with DSP instructions for CMSIS-NN; for ESP-NN the ESP32-S3, whose
  /// kernels need the most.
  package init(kernels: KernelLibrary = .reference) {
    switch kernels {
    case .reference:
      tflm = TFLMTarget(abi: .arm32)
      description = "any 32-bit Arm"
    case .cmsisNN:
      tflm = TFLMTarget(abi: .arm32, kernels: .cmsisNN, vectors: .dsp)
      description = "any 32-bit Arm with DSP instructions"
    case .espNN:
      tflm = TFLMTarget(abi: .ilp32, kernels: .espNN, vectors: .esp32s3)
      description = "ESP32-S3"
    }
  }

  /// Whether the kernels exist for the board's processor: the portable ones always, others on their own.
  package static func suits(_ kernels: KernelLibrary, _ board: Board) -> Bool {
    kernels == .reference || kernels == KernelLibrary(core: board.core, isa: board.isa, mcu: board.mcu)
  }
}

extension KernelLibrary {
  /// The library as people write it.
  var title: String {
    switch self {
    case .reference: "portable reference"
    case .cmsisNN: "CMSIS-NN"
    case .espNN: "ESP-NN"
    }
  }
}
