package import GraphIR

/// The operators that nnopt knows, in alphabetical order.
package enum Registry {
  package static let operators: [any Operator.Type] = [
    Abs.self,
    Add.self,
    AddN.self,
    ArgMax.self,
    ArgMin.self,
    AveragePool2D.self,
    BatchMatMul.self,
    BatchToSpaceND.self,
    BroadcastArgs.self,
    BroadcastTo.self,
    Cast.self,
    Ceil.self,
    Concatenation.self,
    Conv2D.self,
    Conv3D.self,
    Cos.self,
    CumSum.self,
    Densify.self,
    DepthToSpace.self,
    DepthwiseConv2D.self,
    Dequantize.self,
    DetectionPostProcess.self,
    Div.self,
    DynamicUpdateSlice.self,
    Elu.self,
    EmbeddingLookup.self,
    Equal.self,
    Exp.self,
    ExpandDims.self,
    Fill.self,
    Floor.self,
    FloorDiv.self,
    FloorMod.self,
    FullyConnected.self,
    Gather.self,
    GatherND.self,
    Greater.self,
    GreaterEqual.self,
    HardSwish.self,
    L2Normalization.self,
    L2Pool2D.self,
    LeakyRelu.self,
    Less.self,
    LessEqual.self,
    Log.self,
    LogicalAnd.self,
    LogicalNot.self,
    LogicalOr.self,
    Logistic.self,
    LogSoftmax.self,
    Maximum.self,
    MaxPool2D.self,
    Mean.self,
    Minimum.self,
    MirrorPad.self,
    Mul.self,
    Neg.self,
    NotEqual.self,
    Pack.self,
    Pad.self,
    PadV2.self,
    Pow.self,
    Prelu.self,
    Quantize.self,
    ReduceAll.self,
    ReduceAny.self,
    ReduceMax.self,
    ReduceMin.self,
    ReduceProd.self,
    Relu.self,
    Relu0To1.self,
    Relu6.self,
    ReluN1To1.self,
    Reshape.self,
    ResizeBilinear.self,
    ResizeNearestNeighbor.self,
    ReverseV2.self,
    Round.self,
    Rsqrt.self,
    ScatterND.self,
    Select.self,
    SelectV2.self,
    ShapeOperator.self,
    Sign.self,
    Sin.self,
    Slice.self,
    Softmax.self,
    SpaceToBatchND.self,
    SpaceToDepth.self,
    Split.self,
    SplitV.self,
    Sqrt.self,
    Square.self,
    SquaredDifference.self,
    Squeeze.self,
    StridedSlice.self,
    Sub.self,
    Sum.self,
    SVDF.self,
    Tanh.self,
    Tile.self,
    TopKV2.self,
    Transpose.self,
    TransposeConv.self,
    UnidirectionalSequenceLSTM.self,
    UnidirectionalSequenceRNN.self,
    Unpack.self,
    Where.self,
    ZerosLike.self,
  ]

  /// Multiply-accumulate operations of one invocation of a node.
  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    self.operator(for: node.code)?.multiplyAccumulates(of: node, in: graph) ?? 0
  }

  /// What nnopt knows about an operator, or nil where it knows nothing.
  package static func `operator`(for code: OperatorCode) -> (any Operator.Type)? {
    operators.first {
      $0.builtin == code.builtin && (code.builtin != .custom || $0.customName == code.customName)
    }
  }
}

extension Int {
  /// The product, or `Int.max` where it does not fit.
  func saturatingMultiply(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }

  /// The sum, or `Int.max` where it does not fit.
  func saturatingAdd(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
