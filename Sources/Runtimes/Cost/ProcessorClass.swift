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

  /// The class of a board table's texts; nil where no public measurement is known.
  ///
  /// Of several cores the first named counts. Cores that lack the vector instructions of their class
  /// (`simd` is `none`) fall to one without.
  init?(core: String, mcu: String, simd: String) {
    let mcu = mcu.lowercased()
    let core = core.lowercased()
    let chips: [(String, Self)] = [
      ("esp32-s3", .esp32S3), ("esp32s3", .esp32S3), ("esp32-s2", .xtensaLX7), ("esp32s2", .xtensaLX7),
      ("esp32-p4", .esp32P4), ("esp32p4", .esp32P4), ("esp32-c", .espRISCV), ("esp32c", .espRISCV),
      ("esp32-h", .espRISCV), ("esp32h", .espRISCV), ("esp8684", .espRISCV),
    ]
    if let chip = chips.first(where: { mcu.contains($0.0) || core.contains($0.0) }) {
      self = chip.1
      return
    }
    guard let named = Self.firstNamed(in: core) else { return nil }
    self = simd.lowercased() == "none" ? named.withoutVectors : named
  }

  private static func firstNamed(in core: String) -> Self? {
    let names: [(String, Self)] = [
      ("cortex-m0", .cortexM0Plus), ("cortex-m3", .cortexM3), ("cortex-m33", .cortexM33),
      ("cortex-m35p", .cortexM33), ("cortex-m4", .cortexM4), ("cortex-m7", .cortexM7),
      ("cortex-m55", .cortexM55), ("cortex-m52", .cortexM55), ("cortex-m85", .cortexM85),
      ("lx6", .xtensaLX6), ("lx7", .xtensaLX7),
    ]
    let words = core.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
    for word in words {
      let bare = word.hasSuffix("f") || word.hasSuffix("p") && word != "cortex-m35p" ? word.dropLast() : word
      if let match = names.first(where: { $0.0 == bare }) { return match.1 }
    }
    return nil
  }

  private var withoutVectors: Self {
    switch self {
    case .cortexM4, .cortexM33: .cortexM3
    case .cortexM55, .cortexM85: .cortexM33
    default: self
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
