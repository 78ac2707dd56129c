package import Boards

/// What a plan is held against.
package struct PlanBounds: Sendable {
  /// The board that is to run the model; nil for none.
  package var board: Board?
  /// The limit of `--fail-over`, in bytes of the arena.
  package var arenaBytes: Int?
  /// The limit of `--fail-over-flash`, in bytes of the model's file and the code that runs it.
  package var flashBytes: Int?
  /// SRAM that the firmware takes besides the arena: an operating system, radio, stack.
  package var reservedBytes = 0
  package var arenaMemory = ArenaMemory.sram

  package init(board: Board? = nil, arenaBytes: Int? = nil) {
    self.board = board
    self.arenaBytes = arenaBytes
  }

  /// Whether so large an arena fits the board; nil without one.
  package func fit(arenaBytes bytes: Int) -> BoardFit? {
    board.map {
      FitLimits($0, memory: arenaMemory, reservedBytes: reservedBytes).fit(arenaBytes: bytes)
    }
  }

  /// Bytes by which an arena exceeds `--fail-over`; 0 where it does not, or there is no limit.
  package func excess(arenaBytes bytes: Int) -> Int { arenaBytes.map { max(0, bytes - $0) } ?? 0 }
}
