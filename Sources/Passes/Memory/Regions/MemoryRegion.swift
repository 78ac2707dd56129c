/// A memory of a device, such as internal SRAM or external PSRAM.
package struct MemoryRegion: Sendable, Equatable {
  package let name: String
  package let byteCount: Int

  package init(name: String, byteCount: Int) {
    self.name = name
    self.byteCount = byteCount
  }
}
