import Testing

@testable import Boards

/// Processors as people write them.
@Suite struct ProcessorTests {
  typealias Core = Processor.Core

  private func processor(
    _ core: String, isa: String = "", mcu: String = "", fpu: String = "", simd: String = ""
  ) throws -> Processor {
    try Processor(core: core, isa: isa, mcu: mcu, fpu: fpu, simd: simd)
  }

  @Test(arguments: [
    ("Cortex-M4F", Core.cortexM(.m4)), ("cortex m7", .cortexM(.m7)), ("Arm Cortex-M0+", .cortexM(.m0)),
    ("ARM® Cortex®-M33", .cortexM(.m33)), ("CortexM4", .cortexM(.m4)), ("CORTEX_M55", .cortexM(.m55)),
    ("Cortex-M0plus", .cortexM(.m0)), ("M4F", .cortexM(.m4)), ("Cortex M35P", .cortexM(.m35P)),
    ("2x Cortex-M33 or 2x Hazard3", .cortexM(.m33)), ("Cortex-M0+ and Cortex-M4F", .cortexM(.m0)),
    ("Cortex-M85 + M33 + Ethos-U55", .cortexM(.m85)), ("Cortex-M99", .cortexM(nil)),
    ("Cortex-M1", .cortexM(nil)),
    ("2x Xtensa LX6", .espressif(.esp32)), ("dual-core Xtensa® LX7", .espressif(.esp32s2)),
    ("ESP32-C3", .espressif(.esp32c)), ("esp32 s3", .espressif(.esp32s3)), ("ESP32S3", .espressif(.esp32s3)),
    ("ESP32_P4", .espressif(.esp32p4)), ("ESP32-H2 (RISC-V)", .espressif(.esp32c)),
    ("Xtensa", .espressif(nil)),
    ("ESP32-S31", .espressif(nil)), ("RISC-V", .riscV), ("riscv32", .riscV), ("2x RV64GC + KPU", .riscV),
    ("Xtensa HiFi4", .unknown("Xtensa HiFi4")), ("Cortex-A53", .unknown("Cortex-A53")), ("", .unknown("")),
    ("AVR8", .unknown("AVR8")), ("ARC EM9D", .unknown("ARC EM9D")), ("M5Stack", .unknown("M5Stack")),
    ("Cortex-M", .cortexM(nil)),
    ("Cortex-M99999999999999999999", .cortexM(nil)),
    ("Cortex-M٤", .cortexM(nil)),
  ])
  func coresAreRead(text: String, core: Core) throws {
    #expect(try processor(text).core == core)
    #expect(try processor(text.uppercased()).core == core || core == .unknown(text))
  }

  @Test(arguments: [
    ("RISC-V", "rv32imc", "ESP32-C3", Core.espressif(.esp32c)),
    ("RISC-V", "", "esp8684", .espressif(.esp32c)),
    ("", "", "ESP32-S3-WROOM-1", .espressif(.esp32s3)), ("", "", "ESP32S3N8R8", .espressif(.esp32s3)),
    ("", "", "ESP32", .espressif(.esp32)), ("Xtensa LX6", "", "ESP32-D0WD", .espressif(.esp32)),
    ("", "armv7e-m", "", .cortexM(nil)), ("", "thumbv8m.main-none-eabihf", "", .cortexM(nil)),
    ("", "armv7", "", .cortexM(nil)), ("", "armv7-a", "", .unknown("")), ("", "rv32imac", "CH32V307", .riscV),
    ("Cortex-M0+", "armv6-m", "RP2040 with ESP32-C3", .cortexM(.m0)),
    ("1+8 RI5CY", "rv32imc", "GAP8", .riscV),
    ("", "", "STM32F4", .unknown("")), ("L106", "xtensa", "ESP8266", .espressif(nil)),
  ])
  func otherColumnsHelp(core: String, isa: String, mcu: String, expected: Core) throws {
    #expect(try processor(core, isa: isa, mcu: mcu).core == expected)
  }

  @Test(arguments: [
    ("Cortex-M4F", "", Processor.ABI.arm32), ("", "armv6-m", .arm32), ("2x RV64GC + KPU", "rv64gc", .lp64),
    ("RV64GC", "", .lp64), ("Cortex-A53", "aarch64", .lp64), ("RISC-V", "rv32imc", .ilp32),
    ("Xtensa LX6", "xtensa-lx6", .ilp32), ("AVR8", "avr", .ilp32),
    ("2x Cortex-M33 or 2x Hazard3", "armv8-m.main/rv32imac", .arm32), ("", "", .ilp32),
  ])
  func structuresAreLaidOut(core: String, isa: String, abi: Processor.ABI) throws {
    #expect(try processor(core, isa: isa).abi == abi)
  }

  @Test(arguments: [
    ("Cortex-M4F", "", VectorExtension.dsp), ("Cortex-M4", "none", .none), ("Cortex-M33", "no DSP", .none),
    ("Cortex-M33", "DSP", .dsp), ("Cortex-M0+", "dsp", .none), ("Cortex-M7", "mve", .dsp),
    ("Cortex-M55", "", .mve), ("Cortex-M55", "Helium", .mve), ("Cortex-M85", "dsp", .dsp),
    ("Cortex-M52", "none", .none), ("ESP32-S3", "none", .esp32s3), ("ESP32-P4", "pie128", .esp32p4),
    ("RISC-V", "xpulpv2", .none), ("Cortex-M99", "mve", .mve), ("Cortex-M99", "", .none),
  ])
  func vectorsAreRead(core: String, simd: String, vectors: VectorExtension) throws {
    #expect(try processor(core, simd: simd).vectors == vectors)
  }

  @Test func theInstructionSetImpliesVectors() throws {
    #expect(try processor("", isa: "armv7e-m").vectors == .dsp)
    #expect(try processor("", isa: "armv7-m").vectors == .none)
  }

  @Test(arguments: [
    ("none", Processor.FloatUnit?.some(.none)), ("No", Processor.FloatUnit.none), ("single", .single),
    ("half/single", .single),
    ("FPv4-SP", .single), ("Double", .double), ("half, single, double", .double), ("", nil), ("-", nil),
  ])
  func floatUnitsAreRead(text: String, unit: Processor.FloatUnit?) throws {
    #expect(try processor("Cortex-M7", fpu: text).floatUnit == unit)
  }

  @Test(arguments: [
    ("2x Xtensa LX6", 2), ("2 × Cortex-M33", 2), ("dual-core Cortex-M0+", 2), ("1+8 RI5CY", 9),
    ("Cortex-M4F", 1),
    ("Cortex-M7 + M4", 1), ("32-bit RISC-V", 1), ("0x Cortex-M4", 1), ("99999999999999999999x Cortex-M4", 1),
  ])
  func coresAreCounted(text: String, count: Int) throws {
    #expect(try processor(text).coreCount == count)
  }

  @Test(arguments: [
    (
      "Cortex-M4F,maybe,",
      "my.csv:2:12: column 'fpu': 'maybe' is unknown; write 'none', 'single', 'double', or nothing if unknown"
    ),
    (
      "Cortex-M4F,,nnoe",
      "my.csv:2:13: column 'simd': 'nnoe' is unknown on a Cortex-M; "
        + "write 'none', 'dsp', 'mve', or nothing if unknown"
    ),
  ])
  func whatIsNotUnderstoodIsNamed(row: String, message: String) {
    let error = #expect(throws: BoardError.self) {
      try BoardTable.parse(csv: "core,fpu,simd,id,sram_bytes\n\(row),a,7\n", name: "my.csv")
    }
    #expect(error?.description == message)
  }

  @Test func unusualBoardsAreBoards() throws {
    let csv = "id,sram_bytes,core,isa,simd,clock_mhz\na,7,Loongson,la32r,lsx,80\n"
    let board = try #require(try BoardTable.parse(csv: csv, name: "my.csv").boards.first)
    #expect(board.processor.core == .unknown("Loongson"))
    #expect(board.processor.abi == .ilp32 && board.clockMHz == 80)
  }
}
