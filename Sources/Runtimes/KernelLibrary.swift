package import Boards

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
  /// The library with which TFLM is commonly built for a processor.
  package init(for processor: Processor) {
    switch processor.core {
    case .espressif: self = .espNN
    case .cortexM: self = .cmsisNN
    case .riscV, .unknown: self = .reference
    }
  }
}
