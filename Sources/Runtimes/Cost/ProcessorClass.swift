import Boards

/// Processors that take about as many cycles for the same work.
enum ProcessorClass: String, Sendable, CaseIterable {
  case cortexM0Plus = "Cortex-M0+"
  case cortexM3 = "Cortex-M3"
  case cortexM4 = "Cortex-M4"
  case cortexM7 = "Cortex-M7"
  case cortexM33 = "Cortex-M33"
  case cortexM55 = "Cortex-M55"
  case cortexM85 = "Cortex-M85"
  case xtensaLX6 = "Xtensa LX6"
  /// Without vector instructions, as in the ESP32-S2.
  case xtensaLX7 = "Xtensa LX7"
  case esp32S3 = "ESP32-S3"
  /// The scalar RISC-V cores of the ESP32-C and ESP32-H families.
  case espRISCV = "ESP32-C3"
  case esp32P4 = "ESP32-P4"

  /// The class of a processor; nil where no public measurement is known.
  ///
  /// Cores that lack the vector instructions of their class fall to one without.
  init?(_ processor: Processor) {
    let vectors = processor.vectors
    switch processor.core {
    case .cortexM(.m0): self = .cortexM0Plus
    case .cortexM(.m3): self = .cortexM3
    case .cortexM(.m4): self = vectors == .none ? .cortexM3 : .cortexM4
    case .cortexM(.m7): self = .cortexM7
    case .cortexM(.m33), .cortexM(.m35P): self = vectors == .none ? .cortexM3 : .cortexM33
    case .cortexM(.m52), .cortexM(.m55): self = vectors == .mve ? .cortexM55 : .cortexM33
    case .cortexM(.m85): self = vectors == .mve ? .cortexM85 : .cortexM33
    case .espressif(.esp32): self = .xtensaLX6
    case .espressif(.esp32s2): self = .xtensaLX7
    case .espressif(.esp32s3): self = .esp32S3
    case .espressif(.esp32c): self = .espRISCV
    case .espressif(.esp32p4): self = .esp32P4
    case .cortexM(.m23), .cortexM(nil), .espressif(nil), .riscV, .unknown: return nil
    }
  }

  /// Whether the kernels are written for the class, and not TFLM's portable ones.
  func isServed(by kernels: KernelLibrary) -> Bool {
    switch kernels {
    case .reference: false
    case .cmsisNN: isArm
    case .espNN: !isArm
    }
  }

  private var isArm: Bool {
    switch self {
    case .cortexM0Plus, .cortexM3, .cortexM4, .cortexM7, .cortexM33, .cortexM55, .cortexM85: true
    case .xtensaLX6, .xtensaLX7, .esp32S3, .espRISCV, .esp32P4: false
    }
  }

  /// Whether chips of the class commonly compute float32 in hardware; for boards that do not say.
  var commonlyHasFPU: Bool {
    switch self {
    case .cortexM0Plus, .cortexM3, .xtensaLX7, .espRISCV: false
    case .cortexM4, .cortexM7, .cortexM33, .cortexM55, .cortexM85, .xtensaLX6, .esp32S3, .esp32P4: true
    }
  }
}
