import Boards
import Firmware
import GraphIR
import MemoryPlanning
import ModelFiles
import Runtimes
import Testing
import _TestSupport

@testable import Planning
@testable import Reporting

/// `plan` and `export` give one arena for one board and file, before and after planning.
@Suite struct PlanExportArenaTests {
  private static let boards = ["nano33ble", "rpi-pico", "esp32-s3", "ek-ra8d1", "maix-k210"]

  private func arena(exporting model: Model, _ target: FirmwareTarget) throws -> Int {
    try Firmware(
      model, fileBytes: 0, source: "m.tflite", name: SymbolName(fileName: "m"), format: .c, target: target
    ).arenaBytes
  }

  @Test(arguments: OwnModels.paths + RealModels.all.map(\.path))
  func arenasAreEqual(path: String) throws {
    let model = try ModelFile.read(path: path)
    for id in Self.boards {
      let board = try BoardTable.builtin().board(id: id)
      let tflm = TFLMTarget(board.processor)
      let build = TFLMBuild(tflm, safeOn: [tflm.kernels])
      let target = FirmwareTarget(board: board)
      #expect(
        try arena(exporting: model, target) == build.charge(for: model, planned: nil).arenaBytes, "\(id)")
      guard model.graphs.reduce(0, { $0 + $1.nodes.count }) < 12 else { continue }
      let plan = try Planner(for: build).plannedModel(for: model)
      #expect(try arena(exporting: plan.model, target) == plan.charge.arenaBytes, "\(id)")
    }
  }
}
