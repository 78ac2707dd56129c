import Testing

@testable import Firmware

@Suite struct ArenaDerivationTests {
  @Test(arguments: Samples.names)
  func partsAddUp(name: String) throws {
    let prediction = try Samples.firmware(name).prediction
    let items = ArenaDerivation(prediction).items
    let sum = items.dropLast().filter { !$0.isDetail }.reduce(0) { $0 + $1.bytes }
    #expect(items.last?.bytes == prediction.smallestArenaBytes)
    #expect(sum == prediction.smallestArenaBytes)
    let tail = items.filter { $0.isDetail && !$0.name.hasPrefix("scratch") }.reduce(0) { $0 + $1.bytes }
    #expect(tail == prediction.tailBytes)
  }
}
