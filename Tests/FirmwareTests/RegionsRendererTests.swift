import Foundation
import Testing
import _TestSupport

@testable import Firmware

@Suite struct RegionsRendererTests {
  static let table = FirmwareRegions(
    regions: [
      .init(name: "sram", capacityBytes: 1024, usedBytes: 160),
      .init(name: "register", capacityBytes: 4096, usedBytes: 0),
    ],
    tensors: [
      .init(subgraph: 0, index: 3, name: "a\"\\*/\n??/", region: 0, offset: 16, byteCount: 64),
      .init(subgraph: 1, index: 0, name: "", region: 0, offset: 0, byteCount: 16),
    ],
    scratch: [.init(subgraph: 0, node: 2, region: 0, offset: 80, byteCount: 80)])

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
    arguments: [Self.table, FirmwareRegions(regions: [], tensors: [], scratch: [])])
  func headersCompileWithoutWarnings(table: FirmwareRegions) throws {
    let compiler = try #require(Compiler.path)
    try TemporaryFolder.with { folder in
      try header(table).write(toFile: "\(folder)/memory_regions.h", atomically: false, encoding: .utf8)
      let use = """
        #include "memory_regions.h"
        #include "memory_regions.h"
        constexpr int places = m::kTensorPlaceCount + m::kScratchPlaceCount;
        static_assert(places == \(table.tensors.count + table.scratch.count), "all places");
        \(table.regions.isEmpty ? "" : "alignas(16) unsigned char memory[m::kMemoryRegions[0].used];")

        """
      try use.write(toFile: "\(folder)/use.cc", atomically: false, encoding: .utf8)
      let flags = ["-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only"]
      let result = try Compiler.run(compiler, flags + ["\(folder)/use.cc"])
      #expect(result.status == 0, "\(String(decoding: result.output, as: UTF8.self))")
    }
  }
}
