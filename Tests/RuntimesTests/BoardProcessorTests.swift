import Boards
import Testing

@testable import Runtimes

/// What every built-in board's processor implies; they are to stay when the reading changes.
@Suite struct BoardProcessorTests {
  struct Expected: Sendable, Equatable {
    let kernels: KernelLibrary
    let abi: TargetABI
    let vectors: VectorExtension
    let processorClass: ProcessorClass?

    init(
      _ kernels: KernelLibrary, _ abi: TargetABI, _ vectors: VectorExtension,
      _ processorClass: ProcessorClass?
    ) {
      self.kernels = kernels
      self.abi = abi
      self.vectors = vectors
      self.processorClass = processorClass
    }

    init(_ processor: Processor) {
      let target = TFLMTarget(processor)
      self.init(target.kernels, target.abi, target.vectors, ProcessorClass(processor))
    }
  }

  @Test(arguments: Self.groups)
  func boardsImplyWhatTheyDid(expected: Expected, ids: String) throws {
    let table = try BoardTable.builtin()
    for id in ids.split(separator: " ") {
      #expect(Expected(try table.board(id: String(id)).processor) == expected, "\(id)")
    }
  }

  @Test func everyBoardIsCompared() throws {
    let ids = Self.groups.flatMap { $1.split(separator: " ").map(String.init) }
    #expect(ids.sorted() == (try BoardTable.builtin().boards.map(\.id).sorted()))
  }

  @Test func boardsSayWhetherTheyHaveAnFPU() throws {
    let with = try BoardTable.builtin().boards.filter {
      $0.processor.floatUnit != Processor.FloatUnit.none && ProcessorClass($0.processor) != nil
    }
    #expect(with.count == 65)
    #expect(with.allSatisfy { $0.processor.floatUnit != nil })
  }

  static let groups: [(Expected, String)] = [
    (
      Expected(.reference, .ilp32, .none, nil),
      "atmega328p atmega2560 himax-we1 gapuino-gap8"
    ),
    (
      Expected(.cmsisNN, .arm32, .dsp, .cortexM4),
      "feather-nrf52840 nano33ble nrf52840-dk xiao-nrf52840 sparkfun-edge nucleo-f401re "
        + "nucleo-f411re blackpill-f411ce nucleo-f446re disco-f407vg disco-f429zi nicla-sense-me "
        + "b-l475e-iot01a nucleo-l476rg nucleo-l432kc nucleo-l4r5zi nucleo-g474re nucleo-wb55rg "
        + "microbit-v2 apollo4p-evb max78000fthr feather-m4 wio-terminal cc1352p psoc6-4343w uno-r4"
    ),
    (
      Expected(.cmsisNN, .arm32, .none, .cortexM3),
      "bluepill-f103c8 arduino-due"
    ),
    (
      Expected(.espNN, .ilp32, .none, .xtensaLX6),
      "esp32 esp-eye esp32-cam m5stack-core2"
    ),
    (
      Expected(.cmsisNN, .arm32, .none, .cortexM0Plus),
      "samd21g18 rpi-pico nano-rp2040 nucleo-g071rb"
    ),
    (
      Expected(.espNN, .ilp32, .none, .xtensaLX7),
      "esp32-s2"
    ),
    (
      Expected(.espNN, .ilp32, .esp32s3, .esp32S3),
      "esp32-s3 esp32-s3-n16r8 esp32-s3-eye xiao-esp32s3 nano-esp32"
    ),
    (
      Expected(.espNN, .ilp32, .none, .espRISCV),
      "esp32-c2 esp32-c3 esp32-c5 esp32-c6 esp32-h2"
    ),
    (
      Expected(.espNN, .ilp32, .esp32p4, .esp32P4),
      "esp32-p4"
    ),
    (
      Expected(.cmsisNN, .arm32, .dsp, .cortexM33),
      "rpi-pico2 nucleo-l552ze nucleo-u575zi b-u585i-iot02a nucleo-u5a5zj nucleo-h563zi "
        + "nrf5340-dk nrf54l15-dk frdm-mcxn947 ek-ra6m5 xg24-ek2703a"
    ),
    (
      Expected(.cmsisNN, .arm32, .dsp, .cortexM7),
      "disco-f746ng nucleo-f767zi nucleo-h743zi nucleo-h723zg stm32h7s78-dk portenta-h7 giga-r1 "
        + "nicla-vision teensy40 teensy41 mimxrt1060-evk openmv-h7"
    ),
    (
      Expected(.cmsisNN, .arm32, .mve, .cortexM55),
      "nucleo-n657x0 stm32n6570-dk corstone-300 grove-vision-ai-v2"
    ),
    (
      Expected(.reference, .host64, .none, nil),
      "maix-k210"
    ),
    (
      Expected(.cmsisNN, .arm32, .mve, .cortexM85),
      "ek-ra8d1 ek-ra8p1"
    ),
  ]
}
