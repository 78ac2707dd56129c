import Planning

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
      "constexpr int kMemoryRegionCount = \(table.plan.pools.count);",
    ]
      + array(
        "MemoryRegion kMemoryRegions",
        table.plan.pools.map {
          "{\(SourceText.literal($0.name)), \($0.capacityBytes ?? $0.usedBytes), \($0.usedBytes)}"
        })
  }

  private var tensors: [String] {
    let lines = zip(table.plan.buffers, table.names).compactMap { buffer, name in
      buffer.tensor.map {
        "{\($0.graph.index), \($0.value.index), \(SourceText.literal(name)), \(buffer.pool), "
          + "\(buffer.offset), \(buffer.byteCount)}"
      }
    }
    return [
      "struct TensorPlace {", "  int subgraph;", "  int tensor;", "  const char* name;",
      "  int region;  // Position in kMemoryRegions.", "  size_t offset;", "  size_t bytes;", "};", "",
      "constexpr int kTensorPlaceCount = \(lines.count);",
    ]
      + array("TensorPlace kTensorPlaces", lines)
  }

  private var scratch: [String] {
    let lines = table.plan.buffers.compactMap { buffer in
      buffer.owner.map {
        "{\($0.graph.index), \($0.node.index), \(buffer.pool), \(buffer.offset), \(buffer.byteCount)}"
      }
    }
    return [
      "// What kernels need while they run: all scratch buffers of an operator, side by side.",
      "struct ScratchPlace {", "  int subgraph;", "  int op;",
      "  int region;  // Position in kMemoryRegions.",
      "  size_t offset;", "  size_t bytes;", "};", "",
      "constexpr int kScratchPlaceCount = \(lines.count);",
    ]
      + array("ScratchPlace kScratchPlaces", lines)
  }

  /// An array of constants; C++ has none without elements.
  private func array(_ declaration: String, _ elements: [String]) -> [String] {
    guard !elements.isEmpty else { return [] }
    return ["constexpr \(declaration)[] = {"] + elements.map { "    \($0)," } + ["};"]
  }
}
