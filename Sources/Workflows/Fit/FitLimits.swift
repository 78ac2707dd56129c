package import Boards
package import Passes

/// What a board has for a model.
package struct FitLimits: Sendable, Equatable {
  /// The largest block that one arena can have.
  package let arenaBytes: Int
  /// Flash for the file and the code; nil where it is not known.
  package let flashBytes: Int?
  /// nil where it is not known.
  package let processor: Processor?

  package init(arenaBytes: Int, flashBytes: Int?, processor: Processor? = nil) {
    self.arenaBytes = arenaBytes
    self.flashBytes = flashBytes
    self.processor = processor
  }

  /// - Parameter reservedBytes: what the rest of the firmware takes of the memory.
  package init(_ board: Board, memory: ArenaMemory = .sram, reservedBytes: Int = 0) {
    self.init(
      arenaBytes: board.availableBytes(in: memory, reservedBytes: reservedBytes),
      flashBytes: board.usableFlashBytes, processor: board.processor)
  }

  package func fit(arenaBytes bytes: Int) -> BoardFit {
    BoardFit(requestedBytes: bytes, availableBytes: arenaBytes)
  }

  /// What is missing for a model of these figures.
  package func shortage(of figures: ModelFigures) -> FitShortage {
    shortage(arenaBytes: figures.arenaBytes, flashBytes: figures.flashBytes)
  }

  /// What is missing for so large an arena, and so much in flash.
  package func shortage(arenaBytes: Int, flashBytes: Int) -> FitShortage {
    FitShortage(
      arenaBytes: max(0, arenaBytes - self.arenaBytes),
      flashBytes: self.flashBytes.map { max(0, flashBytes - $0) } ?? 0)
  }
}

/// Bytes that a board is short of.
package struct FitShortage: Sendable, Equatable {
  package let arenaBytes: Int
  package let flashBytes: Int

  package init(arenaBytes: Int, flashBytes: Int) {
    self.arenaBytes = arenaBytes
    self.flashBytes = flashBytes
  }

  package var isNone: Bool { arenaBytes == 0 && flashBytes == 0 }
  package var sum: Int { arenaBytes + flashBytes }
}
