import Boards
import Testing

@testable import Firmware

@Suite struct FirmwareFormatTests {
  @Test(arguments: [
    ("esp32", FirmwareFormat.espIDF), ("nano-esp32", .espIDF), ("esp32-c3", .espIDF), ("nano33ble", .c),
    ("maix-k210", .c),
  ])
  func boardsImplyAFormat(id: String, format: FirmwareFormat) throws {
    #expect(FirmwareFormat(for: try BoardTable.builtin().board(id: id)) == format)
  }

  @Test func withoutABoardFilesArePlain() {
    #expect(FirmwareFormat(for: nil) == .c)
  }
}
