import Boards
import GraphIR
import ModelFiles
import Tensors
import Testing
import _TestSupport

@testable import Runtimes

@Suite struct CostModelTests {
  private func model(
    core: String = "Cortex-M4F", mcu: String = "", fpu: String = "single", simd: String = "dsp",
    clockMHz: Int? = 100, kernels: KernelLibrary? = nil
  ) throws -> CostModel {
    CostModel(
      try Processor(core: core, mcu: mcu, fpu: fpu, simd: simd, clockMHz: clockMHz), kernels: kernels)
  }

  private func convolution(channels: Int32, _ type: ElementType = .int8, isDepthwise: Bool = false) -> Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 8, 8, 16], type)
    let filter = builder.constant("w", isDepthwise ? [1, 3, 3, 16] : [channels, 1, 1, 16], type)
    let output = builder.value("y", [1, 8, 8, isDepthwise ? 16 : channels], type)
    builder.node(isDepthwise ? .depthwiseConv2D : .conv2D, [input, filter], [output])
    builder.outputs([output])
    return Model(graphs: [builder.graph])
  }

  private func milliseconds(_ cost: CostModel, _ model: Model) throws -> CostRange {
    try #require(cost.estimate(model).estimate).milliseconds
  }

  @Test func costGrowsWithTheWork() throws {
    for kernels in KernelLibrary.allCases {
      for type in [ElementType.int8, .int16, .float32] {
        let cost = try model(kernels: kernels)
        let small = try milliseconds(cost, convolution(channels: 4, type))
        let large = try milliseconds(cost, convolution(channels: 5, type))
        #expect(small.low < large.low && small.best < large.best && small.high < large.high)
      }
    }
  }

  @Test func timeIsCyclesByTheClock() throws {
    let estimate = try #require(try model(clockMHz: 50).estimate(convolution(channels: 4)).estimate)
    let entry = try #require(estimate.operators.first)
    #expect(entry.macs == 4096)
    #expect(entry.bytes == 1024 + 64 + 256)
    #expect(abs(estimate.cycles.best - 3.8 * 4096) < 1e-6)
    #expect(abs(estimate.milliseconds.best - estimate.cycles.best / 50_000) < 1e-9)
    #expect(abs(try #require(estimate.millijoules).best - estimate.cycles.best * 0.4e-6) < 1e-12)
    #expect(estimate.conditions == "cmsis-nn, 50 MHz")
    #expect(estimate.uncertainty.contains("estimate"))
  }

  @Test func typesAndHardwareCountAsExpected() throws {
    let int8 = try milliseconds(try model(), convolution(channels: 8))
    let float = try milliseconds(try model(), convolution(channels: 8, .float32))
    let software = try milliseconds(try model(fpu: "none"), convolution(channels: 8, .float32))
    let portable = try milliseconds(try model(kernels: .reference), convolution(channels: 8))
    let foreign = try milliseconds(try model(kernels: .espNN), convolution(channels: 8))
    #expect(int8.best < float.best && float.best < software.best)
    #expect(int8.best < portable.best && portable == foreign)
    let depthwise = try #require(
      try model().estimate(convolution(channels: 16, isDepthwise: true)).estimate?.operators.first)
    #expect(depthwise.cycles.best / Double(depthwise.macs) > 3.8)
  }

  @Test func whatIsUnknownHasAReason() throws {
    let avr = try model(core: "AVR8", mcu: "ATmega328P").estimate(convolution(channels: 4))
    #expect(avr == .unknown(reason: "no public measurement of such a processor is known"))
    #expect(avr.estimate == nil)
    #expect(
      try model(clockMHz: nil).estimate(convolution(channels: 4))
        == .unknown(reason: "the board's clock rate is not known"))
    #expect(
      try model(core: "Cortex-M55", simd: "mve").estimate(convolution(channels: 4)).estimate?.millijoules
        == nil)
  }

  @Test func unknownOperatorsAndLoopsAreAdmitted() throws {
    var builder = GraphBuilder()
    let input = builder.input("x", [4])
    let output = builder.value("y", [4])
    builder.node(.custom, [input], [output], customName: "Mine")
    builder.outputs([output])
    let estimate = try #require(try model().estimate(Model(graphs: [builder.graph])).estimate)
    #expect(estimate.uncertainty.hasSuffix("1 unknown operators count only as bytes moved"))
    #expect(estimate.cycles.best == 8 * 8)
  }

  @Test(arguments: [
    ("2x Xtensa LX6", "ESP32", "none", ProcessorClass.xtensaLX6), ("Cortex-M4F + M0+", "", "dsp", .cortexM4),
    ("2x Cortex-M33 or 2x Hazard3", "RP2350", "dsp", .cortexM33), ("Cortex-M33", "", "none", .cortexM3),
    ("2x Cortex-M0+", "RP2040", "none", .cortexM0Plus), ("Cortex-M7 + M4", "", "dsp", .cortexM7),
    ("RISC-V", "ESP32-C6", "none", .espRISCV), ("2x RISC-V HP", "ESP32-P4", "pie128", .esp32P4),
    ("2x Xtensa LX7", "ESP32-S3", "pie128", .esp32S3), ("Cortex-M55 + Neural-ART", "", "mve", .cortexM55),
  ])
  func classesAreRead(core: String, mcu: String, simd: String, expected: ProcessorClass) throws {
    #expect(ProcessorClass(try Processor(core: core, mcu: mcu, simd: simd)) == expected)
  }
}
