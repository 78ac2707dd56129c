import Boards
import GraphIR
import Testing
import _TestSupport

@testable import Runtimes

@Suite struct CodeEstimateTests {
  /// A model whose nodes only have their operators right; custom ones by name.
  private func model(_ operators: [BuiltinOperator], custom: [String] = []) -> Model {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 8])
    for builtin in operators { builder.node(builtin, [input], [builder.value("y", [1, 8])]) }
    for name in custom {
      builder.node(.custom, [input], [builder.value("y", [1, 8])], customName: name)
    }
    return Model(graphs: [builder.graph])
  }

  @Test(arguments: KernelLibrary.allCases)
  func anOperatorCountsOnce(kernels: KernelLibrary) {
    let once = CodeEstimate(model([.conv2D, .softmax]), kernels: kernels)
    let often = CodeEstimate(model([.softmax, .conv2D, .conv2D, .softmax, .conv2D]), kernels: kernels)
    #expect(once == often)
    #expect(once.operators.map(\.name) == ["CONV_2D", "SOFTMAX"])
  }

  @Test func operatorsOfAllGraphsCount() {
    let graphs = [.conv2D, .softmax].map { model([$0]).graphs[0] }
    let both = CodeEstimate(model([.conv2D, .softmax]), kernels: .reference)
    #expect(CodeEstimate(Model(graphs: graphs), kernels: .reference) == both)
  }

  @Test(arguments: KernelLibrary.allCases)
  func sharedCodeCountsOnce(kernels: KernelLibrary) throws {
    let conv = CodeEstimate(model([.conv2D]), kernels: kernels)
    let depthwise = CodeEstimate(model([.depthwiseConv2D]), kernels: kernels)
    let both = CodeEstimate(model([.conv2D, .depthwiseConv2D]), kernels: kernels)
    #expect(both.best > max(conv.best, depthwise.best))
    #expect(both.best < conv.best + depthwise.best - both.base)
    #expect(try #require(conv.operators.first).bytes == conv.best - conv.base)
  }

  @Test(arguments: KernelLibrary.allCases)
  func noOperatorsAreTheBase(kernels: KernelLibrary) {
    let estimate = CodeEstimate(model([]), kernels: kernels)
    #expect(estimate.best == estimate.base)
    #expect(0 < estimate.cLibrary && estimate.cLibrary < estimate.base)
    #expect(estimate.operators.isEmpty && estimate.unknown.isEmpty)
  }

  @Test func unknownOperatorsAreNamedAndCountNothing() {
    let known = CodeEstimate(model([.add]), kernels: .cmsisNN)
    let estimate = CodeEstimate(
      model([.where, .add], custom: ["ethos-u", "Mine", "CONV_2D"]), kernels: .cmsisNN)
    #expect(estimate.unknown == ["CONV_2D", "Mine", "WHERE", "ethos-u"])
    #expect(estimate.best == known.best)
  }

  @Test func allOtherOperatorsOfTFLMWereLinked() {
    for code in TFLMOperator.all.map(\.code) where code != .custom("ethos-u") {
      #expect(CodeBytes.reference.operators.contains(code.description), "\(code)")
      #expect(CodeBytes.cmsisNN.operators.contains(code.description), "\(code)")
    }
  }

  /// Bytes of firmware with the operators of TFLM's person detection, as linked when the table was made.
  @Test(arguments: [(KernelLibrary.reference, 33_476), (.cmsisNN, 66_700)])
  func theTableComesCloseToLinkedFirmware(kernels: KernelLibrary, linked: Int) {
    let operators: [BuiltinOperator] = [.averagePool2D, .conv2D, .depthwiseConv2D, .reshape, .softmax]
    let estimate = CodeEstimate(model(operators), kernels: kernels)
    #expect(abs(estimate.best - linked) * 100 < linked, "\(estimate.best) against \(linked)")
  }

  @Test(arguments: [BuiltinOperator.conv2D, .depthwiseConv2D, .fullyConnected, .softmax, .averagePool2D])
  func optimizedKernelsTakeMore(builtin: BuiltinOperator) {
    let portable = CodeEstimate(model([builtin]), kernels: .reference)
    let optimized = CodeEstimate(model([builtin]), kernels: .cmsisNN)
    #expect(optimized.best > portable.best)
  }

  @Test func otherProcessorsAndLibrariesAreLessSure() throws {
    let model = model([.conv2D])
    let measured = CodeEstimate(model, kernels: .cmsisNN)
    let m4 = try Processor(core: "Cortex-M4F", fpu: "single", simd: "dsp")
    #expect(CodeEstimate(model, kernels: .cmsisNN, processor: m4) == measured)
    let m0 = try Processor(core: "Cortex-M0+")
    let others = [
      CodeEstimate(model, kernels: .cmsisNN, processor: m0), CodeEstimate(model, kernels: .espNN),
    ]
    for other in others {
      #expect(other.low < measured.low && measured.high < other.high)
      #expect(other.conditions != measured.conditions)
    }
  }

  @Test(arguments: KernelLibrary.allCases)
  func theRangeIsInOrder(kernels: KernelLibrary) {
    let estimate = CodeEstimate(model([.conv2D, .add, .softmax]), kernels: kernels)
    #expect(0 < estimate.low && estimate.low <= estimate.best && estimate.best <= estimate.high)
    #expect(estimate.conditions.contains("on top"))
  }
}
