package import Boards
package import Runtimes

/// The processor and the build of TFLM that files are written for.
package struct FirmwareTarget: Sendable, Equatable {
  package let tflm: TFLMTarget
  /// The target in words, such as `esp32 (2x Xtensa LX6)`.
  package let description: String
  /// nil for no board.
  package let board: Board?
  /// The board's; nil without one.
  package var processor: Processor? { board?.processor }

  /// A board, with the kernels with which TFLM is commonly built for it, or others.
  ///
  /// - Parameter resourceVariableSlots: nil for as many as the model has.
  package init(
    board: Board, kernels: KernelLibrary? = nil, release: KernelRelease? = nil,
    resourceVariableSlots: Int? = nil
  ) {
    tflm = TFLMTarget(
      board.processor, kernels: kernels, release: release,
      resourceVariableSlots: resourceVariableSlots)
    self.board = board
    description = board.core.isEmpty ? board.id : "\(board.id) (\(board.core))"
  }

  /// No board: a processor that the kernels suit.
  package init(
    kernels: KernelLibrary = .reference, release: KernelRelease? = nil,
    resourceVariableSlots: Int? = nil
  ) {
    tflm = TFLMTarget(
      commonFor: kernels, release: release, resourceVariableSlots: resourceVariableSlots)
    board = nil
    switch kernels {
    case .reference: description = "any 32-bit Arm"
    case .cmsisNN: description = "any 32-bit Arm with DSP instructions"
    case .espNN: description = "ESP32-S3"
    }
  }

  /// Whether the kernels exist for the board's processor: the portable ones always, others on their own.
  package static func suits(_ kernels: KernelLibrary, _ board: Board) -> Bool {
    kernels == .reference || kernels == KernelLibrary(for: board.processor)
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
