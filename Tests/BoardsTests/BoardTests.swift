import Boards
import Testing

struct BoardTests {
  private let board = Board(id: "b", name: "B", sramBytes: 1000, largestContiguousBytes: 600)

  @Test func anArenaGetsTheLargestBlock() {
    #expect(board.availableBytes == 600)
    #expect(Board(id: "b", name: "B", sramBytes: 1000).availableBytes == 1000)
  }

  @Test(arguments: [
    (0, 600, 0, true), (600, 0, 0, true), (601, -1, 1, false), (.max, 600 - .max, .max - 600, false),
  ])
  func comparesNeedAndSupply(requested: Int, margin: Int, missing: Int, fits: Bool) {
    let fit = board.fits(bytes: requested)
    #expect(fit.requestedBytes == requested)
    #expect(fit.availableBytes == 600)
    #expect(fit.marginBytes == margin)
    #expect(fit.missingBytes == missing)
    #expect(fit.fits == fits)
  }

  @Test func whatIsNotSaidStaysUnknown() {
    #expect(board.flashBytes == nil)
    #expect(board.clockMHz == nil)
    #expect(board.psramBytes == 0)
    #expect(board.confidence == .unstated)
  }

  @Test func impossibleSizesAreRefused() async {
    await #expect(processExitsWith: .failure) { _ = Board(id: "b", name: "B", sramBytes: 0) }
    await #expect(processExitsWith: .failure) {
      _ = Board(id: "b", name: "B", sramBytes: 10, largestContiguousBytes: 11)
    }
    await #expect(processExitsWith: .failure) { _ = Board(id: "b", name: "B", sramBytes: 10).fits(bytes: -1) }
  }
}
