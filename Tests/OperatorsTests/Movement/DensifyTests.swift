import GraphIR
import Operators
import Tensors
import Testing

@Suite struct DensifyTests {
  /// A 2×3 constant whose second level is sparse.
  private func fixture(
    segments: [Int64], indices: [Int64], data: [UInt8], order: [Int64] = [0, 1]
  ) -> KernelFixture {
    func list(_ name: String, _ values: [Int64]) -> Record.Field {
      let vector = Record("Int32Vector", [Record.Field(name: "values", value: .integers(values))])
      return Record.Field(name: name, value: .union(code: 1, vector))
    }
    let dense = Record("DimensionMetadata", [Record.Field(name: "dense_size", value: .integer(2))])
    let sparse = Record(
      "DimensionMetadata",
      [
        Record.Field(name: "format", value: .integer(1)), list("array_segments", segments),
        list("array_indices", indices),
      ])
    var constant = KernelFixture.Operand.tensor([2, 3], .int8)
    constant.data = TensorData(data)
    constant.sparsity = Record(
      "SparsityParameters",
      [
        Record.Field(name: "traversal_order", value: .integers(order)),
        Record.Field(name: "dim_metadata", value: .records([dense, sparse])),
      ])
    return KernelFixture(Densify.self, [constant], [.tensor([2, 3], .int8)])
  }

  @Test func placesStoredElements() throws {
    let fixture = fixture(segments: [0, 1, 3], indices: [2, 0, 1], data: [7, 8, 9])
    #expect(try fixture.run() == [[0, 0, 7, 8, 9, 0]])
  }

  @Test func refusesBrokenLayouts() {
    let index = fixture(segments: [0, 1, 3], indices: [3, 0, 1], data: [7, 8, 9])
    #expect(index.refusal == .unsupported("a sparse level has an index outside 0..<3"))
    let many = fixture(segments: [0, 1, 3], indices: [2, 0, 1], data: [7, 8])
    #expect(
      many.refusal
        == .invalidShape("the sparsity of input 0 names more elements than its 2 stored ones"))
    let segment = fixture(segments: [0, 5, 3], indices: [2, 0, 1], data: [7, 8, 9])
    #expect(segment.refusal == .invalidShape("level 1 of the sparsity of input 0 has no valid segment 0"))
    let order = fixture(segments: [0, 1, 3], indices: [2, 0, 1], data: [7, 8, 9], order: [0, 0])
    #expect(order.refusal == .unsupported("the sparsity of input 0 does not fit its shape 2×3"))
    let dense = KernelFixture(Densify.self, [.tensor([2])], [.tensor([2])])
    #expect(dense.refusal == .unsupported("input 0 is not a sparse constant"))
  }

  @Test func noOtherOperatorTakesASparseConstant() {
    var constant = KernelFixture.Operand.tensor([4], .int8)
    constant.data = TensorData([1])
    constant.sparsity = Record("SparsityParameters")
    let fixture = KernelFixture(Reshape.self, [constant], [.tensor([2, 2], .int8)])
    #expect(fixture.refusal == .unsupported("input 0 is a sparse constant; only DENSIFY takes one"))
  }
}
