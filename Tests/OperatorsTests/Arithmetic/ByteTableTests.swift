import Operators
import Testing

@Suite struct ByteTableTests {
  @Test func everyByteHasItsElement() {
    let signed = ByteTable(Int8.self) { Int($0) * 3 }
    let unsigned = ByteTable(UInt8.self) { Int($0) * 3 }
    for x in Int8.min...Int8.max { #expect(signed[x] == Int(x) * 3) }
    for x in UInt8.min...UInt8.max { #expect(unsigned[x] == Int(x) * 3) }
  }
}
