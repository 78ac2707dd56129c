/// A board's processor, as far as it decides which kernels are built, how structures are laid out and what work costs.
///
/// Of several different cores the first named counts.
package struct Processor: Sendable, Hashable {
  /// What kind of core it is.
  package enum Core: Sendable, Hashable {
    /// Arm's cores for microcontrollers; nil for a model that is not known.
    case cortexM(CortexM?)
    /// The cores of Espressif's chips; nil for a chip that is not known.
    case espressif(Espressif?)
    case riscV
    /// A core that no kernels are written for, in the table's words.
    case unknown(String)
  }

  /// Arm's models; the raw value is the number in the name. The Cortex-M0+ counts as the Cortex-M0.
  package enum CortexM: Int, Sendable, CaseIterable {
    case m0 = 0
    case m3 = 3
    case m4 = 4
    case m7 = 7
    case m23 = 23
    case m33 = 33
    case m35P = 35
    case m52 = 52
    case m55 = 55
    case m85 = 85
  }

  /// Espressif's chips that differ in what their cores can do.
  package enum Espressif: Sendable, CaseIterable {
    /// Xtensa LX6.
    case esp32
    /// Xtensa LX7 without vector instructions.
    case esp32s2
    /// Xtensa LX7 with vector instructions.
    case esp32s3
    /// The scalar RISC-V cores of the ESP32-C and ESP32-H families.
    case esp32c
    /// RISC-V with vector instructions.
    case esp32p4
  }

  /// The instructions, as far as structures are laid out by them.
  package enum InstructionSet: Sendable, Hashable {
    /// Armv6-M to Armv8.1-M.
    case armM
    case xtensa
    case riscV32
    case riscV64
    /// Another one, in the table's words.
    case unknown(String)
  }

  /// How precise the numbers are that the hardware computes with.
  package enum FloatUnit: Sendable, CaseIterable {
    case none
    case single
    case double
  }

  /// How a compiler lays out structures.
  package enum ABI: Sendable, CaseIterable {
    /// 32-bit Arm (`arm-none-eabi`): enumerations take the fewest bytes that hold them.
    case arm32
    /// Other 32-bit targets; smaller ones count as such.
    case ilp32
    case lp64
  }

  package var core = Core.unknown("")
  package var instructionSet = InstructionSet.unknown("")
  /// nil where the table does not say.
  package var floatUnit: FloatUnit?
  package var vectors = VectorExtension.none
  /// Cores of the kind that counts.
  package var coreCount = 1
  /// Whether Arm's NPU stands beside it.
  package var hasEthosU = false
  /// The highest clock rate in megahertz, or nil where it is not known.
  package var clockMHz: Int?

  package var abi: ABI {
    switch instructionSet {
    case .armM: .arm32
    case .xtensa, .riscV32: .ilp32
    case .riscV64: .lp64
    case .unknown(let text): text.contains("64") ? .lp64 : .ilp32
    }
  }
}

/// The vector instructions that decide which variants of optimized kernels are built; others count as none.
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
