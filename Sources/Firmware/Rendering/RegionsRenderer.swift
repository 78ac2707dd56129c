/// The table of memories and of what is where in them.
struct RegionsRenderer {
  let name: SymbolName
  let table: FirmwareRegions

  var header: String {
    let lines =
      [
        "#ifndef \(name.guardPrefix)_MEMORY_REGIONS_H_", "#define \(name.guardPrefix)_MEMORY_REGIONS_H_", "",
        "#include <stddef.h>", "",
      ]
      + SourceText.commentLines(
        "Memories, the fastest first, and where in them tensors and scratch buffers are. Stock TFLM takes one "
          + "arena and does not read this table: it is for programs with an allocator, a linker script or "
          + "several arenas of their own. Offsets count from the start of a region, which must be a multiple "
          + "of 16. What TFLM keeps for good, its tail, is not in the table.")
      + ["namespace \(name.text) {", ""] + regions + [""] + tensors + [""] + scratch
      + ["", "}  // namespace \(name.text)", "", "#endif  // \(name.guardPrefix)_MEMORY_REGIONS_H_", ""]
    return lines.joined(separator: "\n")
  }

  private var regions: [String] {
    [
      "struct MemoryRegion {", "  const char* name;", "  size_t size;", "  size_t used;", "};", "",
      "constexpr int kMemoryRegionCount = \(table.regions.count);",
    ]
      + array(
        "MemoryRegion kMemoryRegions",
        table.regions.map { "{\(SourceText.literal($0.name)), \($0.capacityBytes), \($0.usedBytes)}" })
  }

  private var tensors: [String] {
    [
      "struct TensorPlace {", "  int subgraph;", "  int tensor;", "  const char* name;",
      "  int region;  // Position in kMemoryRegions.", "  size_t offset;", "  size_t bytes;", "};", "",
      "constexpr int kTensorPlaceCount = \(table.tensors.count);",
    ]
      + array(
        "TensorPlace kTensorPlaces",
        table.tensors.map {
          "{\($0.subgraph), \($0.index), \(SourceText.literal($0.name)), \($0.region), \($0.offset), "
            + "\($0.byteCount)}"
        })
  }

  private var scratch: [String] {
    [
      "// What kernels need while they run: all scratch buffers of an operator, side by side.",
      "struct ScratchPlace {", "  int subgraph;", "  int op;",
      "  int region;  // Position in kMemoryRegions.",
      "  size_t offset;", "  size_t bytes;", "};", "",
      "constexpr int kScratchPlaceCount = \(table.scratch.count);",
    ]
      + array(
        "ScratchPlace kScratchPlaces",
        table.scratch.map { "{\($0.subgraph), \($0.node), \($0.region), \($0.offset), \($0.byteCount)}" })
  }

  /// An array of constants; C++ has none without elements.
  private func array(_ declaration: String, _ elements: [String]) -> [String] {
    guard !elements.isEmpty else { return [] }
    return ["constexpr \(declaration)[] = {"] + elements.map { "    \($0)," } + ["};"]
  }
}
