package import Boards
package import Firmware
package import Workflows

/// Everything that `nnopt export` says; renderers only format it.
package struct ExportReport: Sendable {
  package let path: String
  package let folder: String
  package let firmware: Firmware
  package let board: Board?
  /// What the board has for the arena; nil without a board.
  package let limits: FitLimits?
  package let files: [File]
  /// What the file and TFLM's code take of the board's flash.
  package let flash: FlashReport?
  /// The arena of the same model once it is planned, where that is smaller.
  package let plannedArenaBytes: Int?

  /// A file that was written, by its path in the folder.
  package struct File: Sendable, Equatable {
    package let path: String
    package let byteCount: Int

    package init(path: String, byteCount: Int) {
      self.path = path
      self.byteCount = byteCount
    }
  }

  package init(
    path: String, folder: String, firmware: Firmware, board: Board?, limits: FitLimits? = nil, files: [File],
    flash: FlashReport? = nil, plannedArenaBytes: Int? = nil
  ) {
    self.flash = flash
    self.plannedArenaBytes = plannedArenaBytes.flatMap { $0 < firmware.arenaBytes ? $0 : nil }
    self.path = path
    self.folder = folder
    self.firmware = firmware
    self.board = board
    self.limits = limits ?? board.map { FitLimits($0) }
    self.files = files
  }

  /// Whether the arena fits the board; nil without a board.
  package var fit: BoardFit? { limits?.fit(arenaBytes: firmware.arenaBytes) }

  /// Whether TFLM runs the model rightly, and the board takes it, where one is chosen.
  package var isUsable: Bool {
    firmware.verdict.isRight && (fit?.fits ?? true) && (flash?.isWithinLimits ?? true)
  }

  /// Whether TFLM will refuse the model.
  package var isRefused: Bool { !firmware.verdict.runs }

  /// Calls that the resolver gets, by name.
  var operators: [String] {
    firmware.resolver.registrations.map { registration in
      switch registration {
      case .method(let method): method
      case .custom(let name, _): "AddCustom(\(name))"
      }
    }
  }
}
