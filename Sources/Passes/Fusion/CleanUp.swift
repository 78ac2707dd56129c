package import GraphIR
import Planning

/// Fusion and graph clean-up: fewer operators and bytes, the same answers.
///
/// Integer models answer with the same bytes; float ones may differ by the rounding of folded weights and of
/// recognized functions, 1e-5 of the largest answer.
package struct CleanUp: Pass {
  package static let name = "clean-up"

  /// Whether constants are computed ahead even where that makes the file larger, such as float16 weights
  /// behind DEQUANTIZE.
  package let unpacksWeights: Bool
  /// Whether equal constants become one. Passes that change weights want them apart: a clean-up before them
  /// leaves them, the last one merges them.
  package let mergesConstants: Bool

  package init(unpacksWeights: Bool = false, mergesConstants: Bool = true) {
    self.unpacksWeights = unpacksWeights
    self.mergesConstants = mergesConstants
  }

  /// The rules, in the order in which they are tried; rounds repeat until none finds anything.
  package var rules: [any RewriteRule] {
    [
      // What nobody reads would otherwise keep others from being fused: it uses their results.
      RemoveDeadOperators(),
      // Before patterns, which count operands.
      DropAbsentOperands(),
      GiveBias(),
      // Shapes before constants: what they decide becomes constant.
      FoldShape(),
      // Constants before patterns, which look for constant operands.
      FoldConstants(unpacksWeights: unpacksWeights),
      // Before reshapes are collapsed, as it leaves some.
      UpdateSliceInsteadOfConcatenation(),
      // Copies before patterns, which look for neighbours.
      RemoveIdentity(),
      CollapseReshapes(),
      CollapseTransposes(),
      // Behind the collapse, which may leave a TRANSPOSE that moves no element.
      ReshapeInsteadOfTranspose(),
      CollapseQuantization(),
      // Before patterns and fusion: a twin would be a second reader.
      MergeOperators(),
      // Before PAD is folded: the dilated convolution may take a PAD too.
      DilateConvolution(),
      FoldPad(),
      // Before arithmetic is folded: the ADD and MUL of these patterns belong to them.
      RecognizeHardSwish(),
      RecognizeLeakyRelu(),
      RecognizeL2Normalization(),
      KeepGelu(),
      // Before activations are fused: that blocks folding arithmetic behind them.
      FoldArithmetic(),
      // Behind it: arithmetic between two layers goes into the first, whose padding does not matter.
      FoldArithmeticAhead(),
      // Before activations are fused, as it makes some.
      RecognizeRelu(),
      FuseActivation(),
      MergeConcatenations(),
      // Behind the merging, which stops at what TFLM joins.
      SplitConcatenation(),
      // Before flattening is removed: the pool keeps the axes that MEAN drops.
      AveragePoolInsteadOfMean(),
      // Before flattening is removed: it takes the RESHAPE into the layer before it.
      FullyConnectedInsteadOfConvolution(),
      RemoveFlattening(),
    ]
  }

  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    // First: what is declared otherwise would be folded as it is declared.
    SettleShapes.run(on: &model, log: &log)
    // Behind it, as it believes shapes: fixed ones make SHAPE a constant.
    FixBatch.run(on: &model, log: &log)
    try Rewriter(rules, pass: Self.name).run(on: &model, log: &log)
    // Last: rules leave shared constants alone.
    if mergesConstants { MergeConstants.run(on: &model, log: &log) }
    Self.removeUnused(&model, log: &log)
  }

  private static func removeUnused(_ model: inout Model, log: inout PassLog) {
    let removed = model.removeUnused()
    if !removed.isEmpty { log.edited("remove-unused", "model", "removed: \(removed)") }
  }
}
