/// What can be told of a processor from a board table's texts.
///
/// Core such as `2x Xtensa LX6` or `Cortex-M4F`, instruction set such as `armv7e-m`, and microcontroller
/// such as `ESP32-C3`, whose core does not tell its maker.
struct ProcessorText {
  enum Family {
    case cortexM
    case espressif
    case other
  }

  private let text: String

  init(core: String, isa: String, mcu: String) { text = "\(core) \(isa) \(mcu)".lowercased() }

  var family: Family {
    if text.contains("xtensa") || text.contains("esp32") || text.contains("esp8684") { return .espressif }
    return text.contains("cortex-m") || text.contains("armv6-m") || text.contains("armv7") ? .cortexM : .other
  }

  var abi: TargetABI {
    if text.contains("rv64") { return .host64 }
    return family == .cortexM ? .arm32 : .ilp32
  }

  var vectors: VectorExtension {
    switch family {
    case .espressif:
      if text.contains("esp32-s3") || text.contains("esp32s3") {
        .esp32s3
      } else if text.contains("esp32-p4") || text.contains("esp32p4") {
        .esp32p4
      } else {
        .none
      }
    case .cortexM:
      if ["cortex-m52", "cortex-m55", "cortex-m85"].contains(where: text.contains) {
        .mve
      } else if ["cortex-m4", "cortex-m7", "cortex-m33", "cortex-m35"].contains(where: text.contains) {
        .dsp
      } else {
        .none
      }
    case .other: .none
    }
  }
}
