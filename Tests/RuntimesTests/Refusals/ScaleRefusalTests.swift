import GraphIR
import Testing

@testable import Runtimes

/// Operators that do not rescale, and those that need scales at all.
@Suite struct ScaleRefusalTests {
  private static let window = ["stride_w": 1, "stride_h": 1, "filter_width": 1, "filter_height": 1]

  @Test(arguments: [BuiltinOperator.averagePool2D, .maxPool2D])
  func poolsDoNotRescale(pool: BuiltinOperator) {
    func finding(_ output: SampleTensor) -> TFLMFinding? {
      RefusalSamples.finding(pool, [.int8(1, 2, 2, 1)], [output], Self.window)
    }
    #expect(finding(.int8(1, 2, 2, 1)) == nil)
    #expect(finding(.int8(1, 2, 2, 1, scale: 0.6))?.severity == .refused)
    #expect(finding(.int8(1, 2, 2, 1, zero: 4))?.severity == .refused)
    #expect(finding(.int8(1, 2, 2, 1).unquantized())?.severity == .refused)
  }

  @Test(arguments: [BuiltinOperator.reduceMax, .reduceMin])
  func extremaDoNotRescale(builtin: BuiltinOperator) {
    func finding(_ output: SampleTensor) -> TFLMFinding? {
      RefusalSamples.finding(builtin, [.int8(1, 4), .vector(1)], [output])
    }
    #expect(finding(.int8(1)) == nil)
    #expect(finding(.int8(1, scale: 0.6))?.severity == .refused)
    #expect(finding(.int8(1, zero: 4))?.severity == .refused)
  }

  @Test(arguments: [BuiltinOperator.maximum, .minimum, .relu6])
  func storedNumbersAreComparedAsTheyAre(builtin: BuiltinOperator) {
    let inputs = builtin == .relu6 ? [SampleTensor.int8(4)] : [.int8(4), .int8(4)]
    #expect(RefusalSamples.finding(builtin, inputs, [.int8(4)]) == nil)
    #expect(RefusalSamples.finding(builtin, inputs, [.int8(4, scale: 0.6)])?.severity == .wrongAnswers)
  }

  @Test func concatenationsDoNotRescale() {
    func finding(_ second: SampleTensor, _ output: SampleTensor, _ options: [String: Int] = ["axis": 1])
      -> TFLMFinding?
    {
      var first = second
      first.scales = output.scales
      first.zeroPoints = output.zeroPoints
      return RefusalSamples.finding(.concatenation, [first, second], [output], options)
    }
    #expect(finding(.int8(1, 2), .int8(1, 4)) == nil)
    #expect(finding(.int8(1, 2, scale: 0.6), .int8(1, 4))?.severity == .refused)
    #expect(finding(.int8(1, 2, zero: 4), .int8(1, 4))?.severity == .refused)
    #expect(finding(.int16(1, 2, zero: 4), .int16(1, 4))?.severity == .refused)
    #expect(finding(.int16(1, 2, scale: 0.6), .int16(1, 4))?.severity == .wrongAnswers)
    #expect(finding(.int8(1, 2), .int8(1, 4), ["axis": 1, "fused_activation_function": 1])?.kind == .options)
  }

  @Test(arguments: [BuiltinOperator.add, .sub])
  func eachOperandNeedsItsScale(builtin: BuiltinOperator) {
    let tensor = SampleTensor.int8(4)
    #expect(RefusalSamples.finding(builtin, [tensor.unquantized(), tensor], [tensor]) != nil)
    #expect(RefusalSamples.finding(builtin, [tensor, tensor.unquantized()], [tensor]) != nil)
  }

  @Test func concatenationsHaveUpTo10Operands() {
    func finding(_ count: Int32) -> TFLMFinding? {
      let inputs = (0..<count).map { _ in SampleTensor.float(1, 2) }
      return RefusalSamples.finding(.concatenation, inputs, [.float(1, 2 * count)], ["axis": 1])
    }
    #expect(finding(10) == nil)
    #expect(finding(11)?.kind == .operands)
  }

  @Test(arguments: [
    BuiltinOperator.add, .sub, .squaredDifference, .addN,
  ])
  func arithmeticStopsWithoutScales(builtin: BuiltinOperator) {
    let quantized = SampleTensor.int8(4)
    #expect(RefusalSamples.finding(builtin, [quantized, quantized], [quantized]) == nil)
    let plain = quantized.unquantized()
    let finding = RefusalSamples.finding(builtin, [plain, plain], [plain])
    #expect(finding?.kind == .quantization)
    #expect(finding?.severity == .refused)
  }

  @Test(arguments: [BuiltinOperator.equal, .notEqual, .greater, .greaterEqual, .less, .lessEqual])
  func comparisonsTakeScalesBelow1(builtin: BuiltinOperator) {
    func finding(_ first: SampleTensor) -> TFLMFinding? {
      RefusalSamples.finding(builtin, [first, .int8(4)], [.of(.bool, 4)])
    }
    #expect(finding(.int8(4)) == nil)
    #expect(finding(.int8(4, scale: 1))?.severity == .refused)
    #expect(finding(SampleTensor.int8(4).unquantized())?.severity == .refused)
  }

  @Test(arguments: [
    BuiltinOperator.mul, .squaredDifference, .batchMatMul,
  ])
  func int16OperandsAreSymmetric(builtin: BuiltinOperator) {
    let shape = SampleTensor.int16(2, 2)
    #expect(RefusalSamples.finding(builtin, [shape, shape], [shape]) == nil)
    #expect(RefusalSamples.finding(builtin, [.int16(2, 2, zero: 1), shape], [shape])?.severity == .refused)
    #expect(RefusalSamples.finding(builtin, [shape, .int16(2, 2, zero: 1)], [shape])?.severity == .refused)
    #expect(RefusalSamples.finding(builtin, [shape, shape], [.int16(2, 2, zero: 1)])?.severity == .refused)
  }

  @Test(arguments: [BuiltinOperator.relu, .abs])
  func int16ActivationsAreSymmetric(builtin: BuiltinOperator) {
    #expect(RefusalSamples.finding(builtin, [.int16(4)], [.int16(4)]) == nil)
    #expect(RefusalSamples.finding(builtin, [.int16(4, zero: 3)], [.int16(4)])?.severity == .refused)
    #expect(RefusalSamples.finding(builtin, [.int16(4)], [.int16(4, zero: 3)])?.severity == .refused)
  }
}
