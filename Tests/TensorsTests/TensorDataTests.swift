import Tensors
import Testing

@Suite struct TensorDataTests {
  @Test func elementsAreLittleEndianWhateverTheAlignment() {
    let bytes: [UInt8] = [9, 1, 0, 0, 0, 255, 255, 255, 255, 7]
    let data = TensorData(bytes[1...])
    #expect(data.elements(Int32.self) == [1, -1])
    #expect(data.elements(UInt8.self).count == 9)
  }

  @Test func noDataIsEmpty() {
    #expect(TensorData.none.isEmpty)
    #expect(TensorData.none.elements(Float.self).isEmpty)
  }
}
