import Tensors
import Testing

@Suite struct ShapeTests {
  @Test func elementCountIsTheProduct() {
    #expect(Shape([1, 96, 96, 3])?.elementCount == 27648)
    #expect(Shape([])?.elementCount == 1)
    #expect(Shape([4, 0, 9])?.elementCount == 0)
  }

  @Test func impossibleShapesAreNil() {
    #expect(Shape([1, -1]) == nil)
    #expect(Shape([1 << 32, 1 << 32]) == nil)
  }

  @Test func readsAsPeopleWriteIt() {
    #expect("\(Shape([1, 28, 28]) ?? [])" == "1×28×28")
    #expect("\(Shape([]) ?? [1])" == "scalar")
  }
}
