import Tensors
import Testing

@Suite struct ElementTypeTests {
  @Test func packedTypesRoundUpToWholeBytes() {
    #expect(ElementType.int4.byteCount(elementCount: 5) == 3)
    #expect(ElementType.int2.byteCount(elementCount: 5) == 2)
    #expect(ElementType.int8.byteCount(elementCount: 5) == 5)
    #expect(ElementType.complex128.byteCount(elementCount: 2) == 32)
  }

  @Test func sizesThatOverflowAreNil() {
    #expect(ElementType.float64.byteCount(elementCount: .max / 8) == nil)
    #expect(ElementType.string.byteCount(elementCount: 1) == nil)
  }

  @Test func everyTypeHasANameOfItsOwn() {
    #expect(Set(ElementType.allCases.map(\.description)).count == ElementType.allCases.count)
  }
}
