import Boards
import Testing

@testable import Runtimes

@Suite struct KernelLibraryTests {
  @Test(arguments: [
    ("2x Xtensa LX6", "xtensa-lx6", "ESP32", KernelLibrary.espNN), ("RISC-V", "rv32imc", "ESP32-C3", .espNN),
    ("Cortex-M4F", "armv7e-m", "nRF52840", .cmsisNN), ("Cortex-M0+", "armv6-m", "RP2040", .cmsisNN),
    ("ARC EM9D", "arcv2em", "HX6537-A", .reference), ("AVR8", "avr", "ATmega328P", .reference),
    ("2x RV64GC + KPU", "rv64gc", "K210", .reference),
  ])
  func aProcessorImpliesALibrary(core: String, isa: String, mcu: String, library: KernelLibrary) throws {
    #expect(try KernelLibrary(for: Processor(core: core, isa: isa, mcu: mcu)) == library)
  }

  @Test(arguments: [
    ("Cortex-M55 + Ethos-U55", "armv8.1-m.main", "SSE-300", TargetABI.arm32, VectorExtension.mve),
    ("Cortex-M4F + M0+", "armv7e-m", "STM32WB55RG", .arm32, .dsp),
    ("2x Cortex-M33 or 2x Hazard3", "armv8-m.main/rv32imac", "RP2350", .arm32, .dsp),
    ("Cortex-M3", "armv7-m", "ATSAM3X8E", .arm32, .none),
    ("2x Xtensa LX7", "xtensa-lx7", "ESP32-S3", .ilp32, .esp32s3),
    ("2x RISC-V HP", "rv32imafc+xesppie", "ESP32-P4", .ilp32, .esp32p4),
    ("Xtensa LX7", "xtensa-lx7", "ESP32-S2", .ilp32, .none),
    ("2x RV64GC + KPU", "rv64gc", "K210", .host64, .none),
  ])
  func aProcessorImpliesItsLayout(
    core: String, isa: String, mcu: String, abi: TargetABI, vectors: VectorExtension
  ) throws {
    let target = TFLMTarget(try Processor(core: core, isa: isa, mcu: mcu))
    #expect(target.abi == abi)
    #expect(target.vectors == vectors)
  }
}
