/// Which implementations of the kernels a firmware is built with.
///
/// They give the same answers from the same model, but need different memory, and differ in how far an
/// output may overwrite a dying input.
package enum KernelLibrary: String, Sendable, CaseIterable {
  /// TFLM's portable kernels.
  case reference
  /// Arm's CMSIS-NN, for Cortex-M.
  case cmsisNN = "cmsis-nn"
  /// Espressif's ESP-NN, for ESP32 and its successors.
  case espNN = "esp-nn"
}

extension KernelLibrary {
  /// The library with which TFLM is commonly built for a processor; see `ProcessorText`.
  package init(core: String, isa: String, mcu: String) {
    switch ProcessorText(core: core, isa: isa, mcu: mcu).family {
    case .espressif: self = .espNN
    case .cortexM: self = .cmsisNN
    case .other: self = .reference
    }
  }
}

/// The vector instructions that decide which variants of optimized kernels are built.
package enum VectorExtension: String, Sendable, CaseIterable {
  case none
  /// Arm's 32-bit SIMD (Cortex-M4, M7, M33).
  case dsp
  /// Arm's M-profile vector extension, Helium (Cortex-M52, M55, M85).
  case mve
  /// The vector instructions of the ESP32-S3, for which ESP-NN has assembly.
  case esp32s3
  /// The vector instructions of the ESP32-P4 (PIE), likewise.
  case esp32p4
}
