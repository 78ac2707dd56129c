/// The memory of a board that the arena is in.
package enum ArenaMemory: String, Sendable, CaseIterable {
  /// On the chip.
  case sram
  /// External RAM on the board, which is slow.
  case psram
}

extension Board {
  /// Bytes that one arena can have in a memory, less what the firmware takes.
  package func availableBytes(in memory: ArenaMemory, reservedBytes: Int) -> Int {
    switch memory {
    case .sram: max(0, min(availableBytes, sramBytes - reservedBytes))
    case .psram: max(0, psramBytes - reservedBytes)
    }
  }
}
