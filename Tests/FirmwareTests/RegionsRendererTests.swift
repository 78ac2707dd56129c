import Foundation
import GraphIR
import Planning
import Testing
import _TestSupport

@testable import Firmware

@Suite struct RegionsRendererTests {
  static let table = FirmwareRegions(
    plan(
      pools: [
        Plan.Pool(name: "sram", capacityBytes: 1024, usedBytes: 160),
        Plan.Pool(name: "register", capacityBytes: 4096),
      ],
      buffers: [
        Plan.Buffer(.tensor(GraphID(0), ValueID(3)), byteCount: 64, lifetime: 0..<1, offset: 16),
        Plan.Buffer(.tensor(GraphID(1), ValueID(0)), byteCount: 16, lifetime: 0..<1, offset: 0),
        Plan.Buffer(.scratch(GraphID(0), NodeID(2)), byteCount: 80, lifetime: 0..<1, offset: 80),
      ]), names: ["a\"\\*/\n??/", "", ""])

  private static func plan(pools: [Plan.Pool], buffers: [Plan.Buffer]) -> Plan {
    Plan(
      alignment: 16, orderName: .file, orders: [], steps: [], pools: pools, buffers: buffers,
      proof: Plan.Proof(
        peakBytes: 0, lowerBoundBytes: 0, arenaLowerBoundBytes: 0, statesExpanded: 0, placementNodes: 0))
  }

  private func header(_ table: FirmwareRegions) -> String {
    RegionsRenderer(name: SymbolName(fileName: "m"), table: table).header
  }

  @Test func everyPlaceIsALine() {
    let text = header(Self.table)
    #expect(text.contains("constexpr int kMemoryRegionCount = 2;"))
    #expect(text.contains("    {\"sram\", 1024, 160},\n    {\"register\", 4096, 0},\n"))
    #expect(text.contains("{1, 0, \"\", 0, 0, 16},\n"))
    #expect(text.contains("    {0, 2, 0, 80, 80},\n"))
    #expect(text.contains("does not read this table"))
  }

  @Test func theFileIsThereOnlyWithATable() throws {
    var firmware = try Samples.firmware("cnn_int8", format: .espIDF)
    #expect(!firmware.files(model: []).contains { $0.path.hasSuffix("memory_regions.h") })
    firmware.regions = Self.table
    #expect(firmware.files(model: []).contains { $0.path == "main/memory_regions.h" })
  }

  @Test(
    .enabled(if: Compiler.path != nil, "there is no C++ compiler"),
    arguments: [Self.table, FirmwareRegions(plan(pools: [], buffers: []), names: [])])
  func headersCompileWithoutWarnings(table: FirmwareRegions) throws {
    let compiler = try #require(Compiler.path)
    try TemporaryFolder.with { folder in
      try header(table).write(toFile: "\(folder)/memory_regions.h", atomically: false, encoding: .utf8)
      let use = """
        #include "memory_regions.h"
        #include "memory_regions.h"
        constexpr int places = m::kTensorPlaceCount + m::kScratchPlaceCount;
        static_assert(places == \(table.plan.tensors.count + table.plan.buffers.count { $0.owner != nil }), "all places");
        \(table.plan.pools.isEmpty ? "" : "alignas(16) unsigned char memory[m::kMemoryRegions[0].used];")

        """
      try use.write(toFile: "\(folder)/use.cc", atomically: false, encoding: .utf8)
      let flags = ["-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"]
      let result = try Compiler.run(compiler, flags + ["\(folder)/use.cc"])
      #expect(result.status == 0, "\(String(decoding: result.output, as: UTF8.self))")
    }
  }
}
