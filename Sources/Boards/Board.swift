/// A board, or a bare microcontroller, that a model could run on.
///
/// Sizes are in bytes; a text is empty where the table says nothing.
package struct Board: Sendable, Hashable, Identifiable {
  /// How far the figures of a board can be trusted.
  package enum Confidence: String, Sendable, CaseIterable {
    /// The table does not say.
    case unstated = ""
    /// Not confirmed by any document.
    case low
    /// Some figures come from documents, others are unconfirmed; `notes` says which.
    case medium
    /// The figures come from the documents in `source`.
    case high
  }

  /// The short name by which the board is asked for, such as `esp32`; without white space, unique whatever its case.
  package let id: String
  /// The name people know it by.
  package let name: String
  /// The microcontroller.
  package var mcu = ""
  /// The processor cores, such as `2x Xtensa LX6`.
  package var core = ""
  /// The instruction set, such as `armv7e-m`.
  package var isa = ""
  /// All SRAM on the chip, in however many blocks. Positive.
  package let sramBytes: Int
  /// The largest block that one arena can use, at most `sramBytes`; `nil` when it is not known.
  package let largestContiguousBytes: Int?
  /// Which other memories there are, as text.
  package var otherRegions = ""
  /// Program memory; 0 when the chip has none of its own, `nil` when it is not known.
  package var flashBytes: Int?
  /// Floating point in hardware: `none`, `single` or `double`.
  package var fpu = ""
  /// The vector or DSP instructions, such as `dsp`, `mve` or `none`.
  package var simd = ""
  /// What `core`, `isa`, `mcu`, `fpu`, `simd` and the clock rate say.
  package var processor = Processor()
  /// External RAM on the board (PSRAM, SDRAM, HyperRAM); slow, and not part of `sramBytes`.
  package var psramBytes = 0
  /// The documents the figures come from.
  package var source = ""
  /// How far the figures can be trusted.
  package var confidence = Confidence.unstated
  /// What else must be known before the figures are relied on.
  package var notes = ""

  /// Makes a board that has nothing but SRAM.
  ///
  /// - Precondition: `0 < largestContiguousBytes <= sramBytes`.
  package init(id: String, name: String, sramBytes: Int, largestContiguousBytes: Int? = nil) {
    precondition(sramBytes > 0, "a board without SRAM")
    if let largestContiguousBytes {
      precondition((1...sramBytes).contains(largestContiguousBytes), "a block larger than the SRAM")
    }
    self.id = id
    self.name = name
    self.sramBytes = sramBytes
    self.largestContiguousBytes = largestContiguousBytes
  }

  /// What one arena can have at most: the largest contiguous block, or all SRAM where that is not known.
  package var availableBytes: Int { largestContiguousBytes ?? sramBytes }

  /// Flash that a model can have; nil where it is not known, and for a chip that runs from a memory of which the table
  /// says nothing.
  package var usableFlashBytes: Int? { flashBytes.flatMap { $0 > 0 ? $0 : nil } }

  /// The highest clock rate in megahertz, or `nil` when it is not known.
  package var clockMHz: Int? { processor.clockMHz }

  /// Compares a need for one contiguous block with what the board has.
  ///
  /// - Precondition: `bytes >= 0`.
  package func fits(bytes: Int) -> BoardFit {
    BoardFit(requestedBytes: bytes, availableBytes: availableBytes)
  }
}

/// Whether an arena fits a board, and by how much.
package struct BoardFit: Sendable, Hashable {
  /// What the arena needs.
  package let requestedBytes: Int
  /// What the board has for one arena.
  package let availableBytes: Int

  /// Compares two sizes, neither of which may be negative.
  package init(requestedBytes: Int, availableBytes: Int) {
    precondition(requestedBytes >= 0 && availableBytes >= 0, "a negative size")
    self.requestedBytes = requestedBytes
    self.availableBytes = availableBytes
  }

  /// What is left over; negative when the arena does not fit.
  package var marginBytes: Int { availableBytes - requestedBytes }
  /// What the board is short of; 0 when the arena fits.
  package var missingBytes: Int { max(0, -marginBytes) }
  /// Whether the arena fits, if only just.
  package var fits: Bool { marginBytes >= 0 }
}
