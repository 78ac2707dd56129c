import Boards
import ModelFiles
import Testing
import _TestSupport

@testable import Runtimes

/// Published measurements of the models in the folder that `NNOPT_MODELS` names; the sources are those of
/// `ProcessorClass`.
@Suite(.enabled(if: RealModels.isAvailable, "NNOPT_MODELS names no folder with models"))
struct CostAnchorTests {
  struct Anchor: Sendable, CustomTestStringConvertible {
    let model: String
    let core: String
    let mcu: String
    let clockMHz: Int
    let kernels: KernelLibrary
    let milliseconds: Double

    var testDescription: String { "\(model) on \(mcu), \(kernels.rawValue)" }

    init(
      _ model: String, _ core: String, _ mcu: String, _ clockMHz: Int, _ kernels: KernelLibrary,
      _ milliseconds: Double
    ) {
      self.model = model
      self.core = core
      self.mcu = mcu
      self.clockMHz = clockMHz
      self.kernels = kernels
      self.milliseconds = milliseconds
    }

    static let all: [Anchor] = [
      Anchor("person_detect", "Xtensa LX6", "ESP32", 240, .espNN, 380),
      Anchor("person_detect", "Xtensa LX6", "ESP32", 240, .reference, 4084),
      Anchor("person_detect", "Xtensa LX7", "ESP32-S3", 240, .espNN, 54),
      Anchor("person_detect", "Xtensa LX7", "ESP32-S3", 240, .reference, 2300),
      Anchor("person_detect", "RISC-V", "ESP32-C3", 160, .espNN, 426),
      Anchor("person_detect", "RISC-V", "ESP32-P4", 360, .espNN, 73),
      Anchor("person_detect", "Cortex-M0+", "RP2040", 125, .cmsisNN, 823.7),
      Anchor("vww_96_int8", "Cortex-M4F", "STM32L4R5", 120, .cmsisNN, 1000 / 3.32),
      Anchor("vww_96_int8", "Cortex-M4F", "STM32L4R5 (TFLM of 2020)", 120, .cmsisNN, 1000 / 1.665),
      Anchor("kws_ref_model", "Cortex-M4F", "STM32L4R5", 120, .cmsisNN, 1000 / 10.019),
      Anchor("pretrainedResnet_quant", "Cortex-M4F", "STM32L4R5", 120, .cmsisNN, 1000 / 2.567),
      Anchor("vww_96_int8", "Cortex-M33", "RA6M4", 200, .cmsisNN, 1000 / 6.159),
      Anchor("pretrainedResnet_quant", "Cortex-M33", "RA6M4", 200, .cmsisNN, 1000 / 4.062),
      Anchor("kws_ref_model", "Cortex-M33", "nRF5340", 128, .cmsisNN, 1000 / 13.143),
      Anchor("vww_96_int8", "Cortex-M85", "RA8D1", 480, .cmsisNN, 1000 / 74.665),
      Anchor("kws_ref_model", "Cortex-M85", "RA8D1", 480, .cmsisNN, 1000 / 288.611),
      Anchor("pretrainedResnet_quant", "Cortex-M85", "RA8D1", 480, .cmsisNN, 1000 / 117.948),
      Anchor("vww_96_float", "Cortex-M4F", "PSoC 6", 150, .cmsisNN, 1000 / 2.773),
    ]
  }

  @Test(arguments: Anchor.all)
  func measurementsLieWithinTheRange(anchor: Anchor) throws {
    let entry = try #require(RealModels.all.first { $0.path.hasSuffix("/\(anchor.model).tflite") })
    let processor = try Processor(
      core: anchor.core, mcu: anchor.mcu, fpu: "single", clockMHz: anchor.clockMHz)
    let cost = CostModel(processor, kernels: anchor.kernels)
    let estimate = try #require(cost.estimate(ModelFile.read(path: entry.path)).estimate)
    #expect(
      estimate.milliseconds.contains(anchor.milliseconds),
      "\(anchor.milliseconds) ms against \(estimate.milliseconds)")
  }
}
