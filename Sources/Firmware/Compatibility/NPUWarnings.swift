import Boards
import GraphIR
import Runtimes

/// What an Ethos-U's operators ask of the board and the firmware.
enum NPUWarnings {
  static func warnings(for model: Model, processor: Processor?) -> [FirmwareWarning] {
    guard let layout = EthosULayout(model) else { return [] }
    if let processor, !processor.hasEthosU {
      return [
        FirmwareWarning(
          kind: .npu, severity: .refused, place: "model",
          problem:
            "its \(layout.operatorCount) ethos-u operators run on an Ethos-U only, and the board has none",
          remedy: "Use the model that Vela was given.")
      ]
    }
    var remedy =
      "Build TFLM with its ethos_u kernel, and start the driver with ethosu_init() before the first inference."
    if let bytes = layout.separateFastBytes {
      remedy +=
        " Vela compiled it for fast memory apart (Dedicated_Sram): give the driver \(bytes) bytes of it, besides the arena."
    }
    return [
      FirmwareWarning(
        kind: .npu, place: "model",
        problem:
          "\(layout.operatorCount) of its operators run on the Ethos-U, through Arm's driver",
        remedy: remedy)
    ]
  }
}
