import GraphIR
import Testing

@testable import Runtimes

/// SOFTMAX, LOG_SOFTMAX, LOGISTIC and TANH write in scales of their own.
@Suite struct FixedScaleRefusalTests {
  struct Sample {
    let builtin: BuiltinOperator
    let input: SampleTensor
    let output: SampleTensor

    init(_ builtin: BuiltinOperator, _ input: SampleTensor, _ output: SampleTensor) {
      (self.builtin, self.input, self.output) = (builtin, input, output)
    }
  }

  private func finding(
    _ builtin: BuiltinOperator, _ input: SampleTensor, _ output: SampleTensor
  ) -> TFLMFinding? {
    RefusalSamples.finding(builtin, [input], [output], ["beta": 1])
  }

  private static let theirOwn: [Sample] = [
    Sample(.softmax, .int8(1, 4), .int8(1, 4, scale: 1 / 256, zero: -128)),
    Sample(.softmax, .int8(1, 4), .int16(1, 4, scale: 1 / 65_536, zero: -32_768)),
    Sample(.softmax, .int16(1, 4), .int16(1, 4, scale: 1 / 32_768)),
    Sample(.softmax, .int16(1, 4), .int16(1, 4, scale: 1.0005 / 32_768)),
    Sample(.logSoftmax, .int8(1, 4), .int8(1, 4, scale: 16 / 256, zero: 127)),
    Sample(.logistic, .int8(1, 4), .int8(1, 4, scale: 1 / 256, zero: -128)),
    Sample(.logistic, .int16(1, 4), .int16(1, 4, scale: 1 / 32_768)),
    Sample(.tanh, .int8(1, 4), .int8(1, 4, scale: 1 / 128, zero: 0)),
    Sample(.tanh, .int16(1, 4), .int16(1, 4, scale: 1 / 32_768)),
  ]

  @Test(arguments: theirOwn)
  func theirOwnScalesRun(sample: Sample) {
    #expect(finding(sample.builtin, sample.input, sample.output) == nil)
  }

  private static let others: [Sample] = [
    Sample(.softmax, .int8(1, 4), .int8(1, 4, scale: 1 / 128, zero: -128)),
    Sample(.softmax, .int8(1, 4), .int8(1, 4, scale: 1 / 256, zero: 0)),
    Sample(.softmax, .int8(1, 4), .int16(1, 4, scale: 1 / 65_536, zero: 0)),
    Sample(.softmax, .int16(1, 4), .int16(1, 4, scale: 1 / 16_384)),
    Sample(.softmax, .int16(1, 4, zero: 1), .int16(1, 4, scale: 1 / 32_768)),
    Sample(.logSoftmax, .int8(1, 4), .int8(1, 4, scale: 1 / 256, zero: 127)),
    Sample(.logSoftmax, .int8(1, 4), .int8(1, 4, scale: 16 / 256, zero: 126)),
    Sample(.logistic, .int8(1, 4), .int8(1, 4, scale: 1 / 256, zero: 0)),
    Sample(.logistic, .int16(1, 4, zero: 5), .int16(1, 4, scale: 1 / 32_768)),
    Sample(.logistic, .int16(1, 4), .int16(1, 4, scale: 1 / 32_768, zero: 5)),
    Sample(.logistic, .int16(1, 4), .int16(1, 4, scale: 1 / 30_000)),
    Sample(.logistic, .int16(1, 4, scale: 3), .int16(1, 4, scale: 1 / 32_768)),
    Sample(.tanh, .int16(1, 4, zero: 5), .int16(1, 4, scale: 1 / 32_768)),
    Sample(.tanh, .int16(1, 4), .int16(1, 4, scale: 1 / 16_384)),
  ]

  @Test(arguments: others)
  func othersAreRefused(sample: Sample) {
    let finding = finding(sample.builtin, sample.input, sample.output)
    #expect(finding?.kind == .quantization)
    #expect(finding?.severity == .refused)
  }

  private static let misread: [Sample] = [
    Sample(.logistic, .int8(1, 4), .int8(1, 4, scale: 1 / 128, zero: -128)),
    Sample(.tanh, .int8(1, 4), .int8(1, 4, scale: 1 / 64, zero: 0)),
    Sample(.tanh, .int8(1, 4), .int8(1, 4, scale: 1 / 128, zero: 7)),
  ]

  @Test(arguments: misread)
  func scalesThatPrepareDoesNotSeeGiveWrongAnswers(sample: Sample) {
    #expect(finding(sample.builtin, sample.input, sample.output)?.severity == .wrongAnswers)
  }

  @Test func typesAreOne() {
    #expect(finding(.logistic, .int16(1, 4), .int8(1, 4))?.kind == .types)
    #expect(finding(.tanh, .int8(1, 4), .float(1, 4))?.kind == .types)
  }
}
