import Tensors
import Testing

@Suite struct PartitionTests {
  @Test func equalsALookAtAllElements() {
    for count in 0..<9 {
      let numbers = (0..<count).map { 2 * ($0 / 2) }
      for bound in -1...10 {
        #expect(numbers.partitionPoint { $0 < bound } == numbers.count { $0 < bound })
      }
    }
  }

  @Test func placesOfASliceAreItsOwn() {
    #expect([1, 3, 5, 7][1...].partitionPoint { $0 < 5 } == 2)
    #expect([1, 3, 5, 7][2...].partitionPoint { $0 < 5 } == 2)
  }
}
