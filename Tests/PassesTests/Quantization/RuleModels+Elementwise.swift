import GraphIR
import Tensors

extension RuleModel {
  private static let shape: [Int32] = [1, 4, 4, 4]

  private static func binary(
    _ name: String, _ code: BuiltinOperator, _ union: UInt8, _ table: String,
    _ fields: [(String, Int64)] = [],
    type: ElementType = .float32, isWide: Bool = true
  ) -> RuleModel {
    one(name, code, union, table, shape, fields, type: type, isWide: isWide) {
      [$0.x, $0.floats("c", [1, 4, 4, 4])]
    }
  }

  static let elementwise: [RuleModel] = [
    binary("ADD", .add, 11, "AddOptions", [("fused_activation_function", 3)]),
    binary("SUB", .sub, 28, "SubOptions"), binary("MUL", .mul, 21, "MulOptions"),
    binary("SQUARED_DIFFERENCE", .squaredDifference, 76, "SquaredDifferenceOptions"),
    binary("MAXIMUM", .maximum, 39, "MaximumMinimumOptions"),
    binary("MINIMUM", .minimum, 39, "MaximumMinimumOptions"),
    one("ABS", .abs, 78, "AbsOptions", shape), choice,
  ]

  private static let choice: RuleModel = {
    var builder = RuleModelBuilder(shape)
    let condition = builder.value("less", shape, .bool)
    let other = builder.floats("c", shape)
    builder.node(.less, 41, [builder.x, other], [condition], "LessOptions")
    let output = builder.value("y", shape)
    builder.node(.selectV2, 98, [condition, builder.x, other], [output], "SelectV2Options")
    return RuleModel(name: "SELECT_V2", model: builder.finish([output]), isWide: false)
  }()

  static let activations: [RuleModel] = [
    one("SOFTMAX", .softmax, 9, "SoftmaxOptions", shape, reals: [("beta", 1)]),
    one("LOGISTIC", .logistic, 0, "", shape), one("TANH", .tanh, 0, "", shape),
    one("LOG_SOFTMAX", .logSoftmax, 36, "LogSoftmaxOptions", shape, isWide: false),
    one("L2_NORMALIZATION", .l2Normalization, 12, "L2NormOptions", shape, isWide: false),
    one("RELU", .relu, 0, "", shape), one("RELU6", .relu6, 0, "", shape),
    one("LEAKY_RELU", .leakyRelu, 75, "LeakyReluOptions", shape, reals: [("alpha", 0.2)]),
    one("PRELU", .prelu, 0, "", shape, isWide: false) { [$0.x, $0.floats("alpha", [1, 1, 4])] },
    one("HARD_SWISH", .hardSwish, 91, "HardSwishOptions", shape, isWide: false),
    one("ELU", .elu, 0, "", shape, isWide: false),
  ]

  static let reductions: [RuleModel] = [
    one("AVERAGE_POOL_2D", .averagePool2D, 5, "Pool2DOptions", [1, 2, 2, 4], pool),
    one("MAX_POOL_2D", .maxPool2D, 5, "Pool2DOptions", [1, 2, 2, 4], pool),
    one("MEAN", .mean, 27, "ReducerOptions", [1, 4]) { [$0.x, $0.integers("axes", [2], [1, 2])] },
    one("SUM", .sum, 27, "ReducerOptions", [1, 4]) { [$0.x, $0.integers("axes", [2], [1, 2])] },
    one("REDUCE_MAX", .reduceMax, 27, "ReducerOptions", [1, 4]) {
      [$0.x, $0.integers("axes", [2], [1, 2])]
    },
    one("REDUCE_MIN", .reduceMin, 27, "ReducerOptions", [1, 4]) {
      [$0.x, $0.integers("axes", [2], [1, 2])]
    },
    one(
      "ARG_MAX", .argMax, 40, "ArgMaxOptions", [1, 4, 4], [("output_type", 2)], type: .int32, isWide: false,
      leastSQNR: 10
    ) {
      [$0.x, $0.integers("axis", [1], [3])]
    },
  ]

  private static let pool: [(String, Int64)] = [
    ("padding", 1), ("stride_w", 2), ("stride_h", 2), ("filter_width", 2), ("filter_height", 2),
  ]
}
