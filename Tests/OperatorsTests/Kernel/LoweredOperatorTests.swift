import Tensors
import Testing

@testable import Operators

/// What reflection makes of a kernel's stored properties.
@Suite struct LoweredOperatorTests {
  private struct Sample: Kernel {
    enum Choice: Sendable {
      case first
      case second(Int32)
    }

    var range: ClosedRange<Int32> = -1...6
    var scale: Float = 0.1
    var choices: [Choice] = [.first, .second(3)]
    var shape: Shape = [2, 3]
    var multipliers = [
      QuantizedMultiplier(multiplier: 7, shift: -1), QuantizedMultiplier(multiplier: 8, shift: 2),
    ]
    var bias: Int?
    var counts: (left: Int, right: Double) = (1, 2)

    func run(_ arguments: KernelArguments) {}
  }

  @Test func describesItsPartsInOrder() {
    #expect(
      Sample().lowered.description
        == "Sample(range: (lowerBound: -1, upperBound: 6), scale: 0.1, choices: [first, (second: 3)], "
        + "shape: [2, 3], multipliers: (multiplier: [7, 8], shift: [-1, 2]), bias: none, "
        + "counts: (left: 1, right: 2.0))")
  }

  @Test func fieldsAreFoundByName() {
    let lowered = Sample().lowered
    #expect(lowered["range"]?["upperBound"]?.integer == 6)
    #expect(lowered["multipliers"]?["shift"]?.integers == [-1, 2])
    #expect(lowered["bias"] == .absent)
    #expect(lowered["nothing"] == nil)
  }

  @Test func realsAreEqualBitForBit() {
    #expect(LoweredReal(Float(0)) != LoweredReal(-Float(0)))
    #expect(LoweredReal(Float(1)) != LoweredReal(Double(1)))
    #expect(LoweredReal(Float.nan) == LoweredReal(Float.nan))
    #expect(LoweredReal(Float(0.1)).value == Double(Float(0.1)))
  }

  private final class Reference: Sendable {}

  private struct Hiding: Kernel {
    let function: @Sendable (Int) -> Int = { $0 + 1 }
    let references = [Reference()]
    let names: Set<Int> = [1]
    let count = 2

    func run(_ arguments: KernelArguments) {}
  }

  @Test func closuresReferencesAndSetsAreOpaque() {
    let parts = Hiding().lowered.opaqueParts.map { String($0.prefix { $0 != ":" }) }
    #expect(parts == ["Hiding.function", "Hiding.references[0]", "Hiding.names"])
    #expect(unsafe LoweredValue(reflecting: UnsafePointer<Int>(bitPattern: 8) as Any) != .integer(8))
  }

  @Test func specializedKernelsShowWhatTheyRun() {
    #expect(Sample().specialized().lowered == Sample().lowered)
  }

  @Test func tablesAreListsOfEveryBitPattern() {
    let table = LoweredValue(reflecting: ByteTable(Int8.self) { Int32($0) })
    #expect(table.integers == Array(0...127) + Array(-128...(-1)))
  }

  /// A box of an int8 tensor whose begin and size may be operands of the model or constants of the file.
  private func slice(size: KernelFixture.Operand) throws -> LoweredOperator {
    try KernelFixture(
      Slice.self, [.tensor([4, 6], .int8), .integers([1, 2]), size], [.tensor([2, 3], .int8)]
    ).kernel().lowered
  }

  @Test func operandsComputedAtRunTimeAreNamed() throws {
    #expect(try slice(size: .integers([2, 3])).form == "AffineCopies")
    let open = try slice(size: .tensor([2], .int32))
    #expect(open.form == "PlannedKernel<SlicePlan>")
    #expect(
      open.description.contains("(input: 2, type: int32, count: 2, integers: computed at run time)"),
      "\(open)")
    #expect(open["plan"]?["input"]?.integers == [4, 6])
  }
}
