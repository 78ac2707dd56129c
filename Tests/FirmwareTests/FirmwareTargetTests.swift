import Boards
import Runtimes
import Testing

@testable import Firmware

@Suite struct FirmwareTargetTests {
  @Test(arguments: [
    ("esp32", KernelLibrary.espNN, TargetABI.ilp32), ("nano33ble", .cmsisNN, .arm32),
    ("himax-we1", .reference, .ilp32),
  ])
  func boardsImplyKernels(id: String, kernels: KernelLibrary, abi: TargetABI) throws {
    let target = FirmwareTarget(board: try BoardTable.builtin().board(id: id))
    #expect(target.tflm.kernels == kernels)
    #expect(target.tflm.abi == abi)
    #expect(target.description.hasPrefix(id))
  }

  @Test func kernelsCanBeChosen() throws {
    let board = try BoardTable.builtin().board(id: "esp32")
    #expect(FirmwareTarget(board: board, kernels: .reference).tflm.kernels == .reference)
    #expect(FirmwareTarget.suits(.reference, board))
    #expect(FirmwareTarget.suits(.espNN, board))
    #expect(!FirmwareTarget.suits(.cmsisNN, board))
  }

  @Test(arguments: KernelLibrary.allCases)
  func withoutABoardTheProcessorSuitsTheKernels(kernels: KernelLibrary) {
    let target = FirmwareTarget(kernels: kernels)
    #expect(target.tflm.kernels == kernels)
    #expect(target.tflm.abi == (kernels == .espNN ? .ilp32 : .arm32))
  }
}
