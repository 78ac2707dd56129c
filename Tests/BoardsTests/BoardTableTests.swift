import Boards
import Testing

struct BoardTableTests {
  @Test func theBuiltInTableIsPlausible() throws {
    let boards = try BoardTable.builtin().boards
    #expect(boards.count == 82)
    #expect(Set(boards.map { $0.id.lowercased() }).count == 82)
    for board in boards {
      #expect((2048...8_388_608).contains(board.sramBytes), "\(board.id)")
      #expect((2048...board.sramBytes).contains(board.availableBytes), "\(board.id)")
      #expect((0...67_108_864).contains(board.flashBytes ?? -1), "\(board.id)")
      #expect((16...1000).contains(board.clockMHz ?? 0), "\(board.id)")
      #expect((0...33_554_432).contains(board.psramBytes), "\(board.id)")
      #expect(["none", "single", "double", "half/single"].contains(board.fpu), "\(board.id)")
      #expect(board.confidence != .unstated, "\(board.id)")
      let texts = [board.name, board.mcu, board.core, board.isa, board.simd, board.source]
      #expect(!texts.contains(""), "\(board.id)")
      #expect((texts + [board.otherRegions, board.notes]).allSatisfy { $0.utf8.allSatisfy { $0 < 128 } })
    }
    #expect(boards.filter { $0.largestContiguousBytes == nil }.map(\.id) == ["himax-we1"])
  }

  @Test func theESP32IsAsItsDocumentsSay() throws {
    let board = try BoardTable.builtin().board(id: "esp32")
    #expect(board.name == "ESP32 DevKit / HUZZAH32 / generic")
    #expect(board.mcu == "ESP32")
    #expect(board.core == "2x Xtensa LX6")
    #expect(board.isa == "xtensa-lx6")
    #expect(board.sramBytes == 532_480)
    #expect(board.availableBytes == 163_840)
    #expect(board.otherRegions.hasPrefix("DRAM 320K"))
    #expect(board.flashBytes == 4_194_304)
    #expect(board.clockMHz == 240)
    #expect(board.fpu == "single")
    #expect(board.simd == "none")
    #expect(board.psramBytes == 0)
    #expect(board.source.hasPrefix("esp-idf"))
    #expect(board.confidence == .high)
    #expect(board.notes.contains("160 KB"))
  }

  @Test func columnsComeInAnyOrderAndMayBeMissing() throws {
    let csv = "colour,SRAM_bytes, id\nred, 4096 ,mine\n,,\n"
    let boards = try BoardTable.parse(csv: csv, name: "my.csv").boards
    #expect(boards == [Board(id: "mine", name: "mine", sramBytes: 4096)])
  }

  @Test func mergingReplacesAndAppends() throws {
    let base = try BoardTable.parse(csv: "id,sram_bytes\na,1\nb,2\n", name: "base.csv")
    let mine = try BoardTable.parse(csv: "id,sram_bytes\nc,30\nB,20\n", name: "my.csv")
    let merged = base.merging(mine)
    #expect(merged.boards.map(\.id) == ["a", "B", "c"])
    #expect(merged.boards.map(\.sramBytes) == [1, 20, 30])
    #expect(base.boards.map(\.sramBytes) == [1, 2])
  }
}
