import Boards
import Testing

struct BoardTableLookupTests {
  private let table: BoardTable

  init() throws {
    table = try BoardTable.builtin()
  }

  @Test(arguments: ["esp32-s3", "ESP32-S3", "Esp32-s3"])
  func findsAnIDWhateverItsCase(id: String) throws {
    #expect(try table.board(id: id).id == "esp32-s3")
  }

  @Test(arguments: [
    ("esp23", ["esp32"]),
    ("esp32s3", ["esp32-s3"]),
    ("pico", ["rpi-pico", "rpi-pico2"]),
    ("nano33", ["nano33ble"]),
    ("rp2350", ["rpi-pico2"]),
    ("stm32h743", ["nucleo-h743zi", "openmv-h7"]),
    ("corstone", ["corstone-300"]),
    ("toaster", []),
    ("e", []),
    ("", []),
    ("--", []),
  ])
  func suggestsWhatWasMeant(id: String, expected: [String]) {
    let suggestions = table.suggestions(for: id)
    #expect(Array(suggestions.prefix(expected.count)) == expected)
    #expect(suggestions.count <= (expected.isEmpty ? 0 : 3))
  }

  @Test func anUnknownBoardIsAnErrorThatHelps() throws {
    let picos = #expect(throws: BoardError.self) { try table.board(id: "pico") }
    #expect(
      picos?.description == "there is no board 'pico'; did you mean 'rpi-pico' or 'rpi-pico2'? "
        + "'nnopt boards' lists all, '--boards FILE' adds your own")
    let toaster = #expect(throws: BoardError.self) { try table.board(id: "toaster") }
    #expect(
      toaster?.description == "there is no board 'toaster'; "
        + "'nnopt boards' lists all, '--boards FILE' adds your own")
  }

  @Test(arguments: [
    ("rp2040", ["rpi-pico", "nano-rp2040"]),
    ("m7 teensy", ["teensy40", "teensy41"]),
    ("ETHOS", ["corstone-300", "ek-ra8p1", "grove-vision-ai-v2"]),
    ("micro:bit", ["microbit-v2"]),
    ("arduino xtensa", ["nano-esp32"]),
    ("toaster", []),
  ])
  func filtersByEveryWord(text: String, expected: [String]) {
    #expect(table.filtered(by: text).map(\.id) == expected)
  }

  @Test func noWordsMeansAllBoards() {
    #expect(table.filtered(by: " ").count == 82)
  }
}
