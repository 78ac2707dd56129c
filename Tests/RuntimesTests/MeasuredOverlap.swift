import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Runtimes

/// One operator whose least distance was measured on a Cortex-M4 by trying every offset.
struct MeasuredOverlap: Sendable, CustomTestStringConvertible {
  let name: String
  let builtin: BuiltinOperator
  let input: [Int32]
  let output: [Int32]
  /// Height and width.
  let filter: [Int32]
  let stride: Int
  let dilation: Int
  let operand: Int
  let reference: OverlapRule
  let measuredReference: Int
  let measuredCmsisNN: Int

  var testDescription: String { name }

  init(
    _ name: String, _ builtin: BuiltinOperator, _ input: [Int32], _ output: [Int32],
    filter: [Int32] = [],
    stride: Int = 1, dilation: Int = 1, operand: Int = 0, _ reference: OverlapRule,
    measured: (reference: Int, cmsisNN: Int)
  ) {
    self.name = name
    self.builtin = builtin
    self.input = input
    self.output = output
    self.filter = filter
    self.stride = stride
    self.dilation = dilation
    self.operand = operand
    self.reference = reference
    measuredReference = measured.reference
    measuredCmsisNN = measured.cmsisNN
  }

  func makeGraph() -> (Graph, Node) {
    var builder = GraphBuilder()
    let first = builder.input("x", input)
    let target = builder.value("y", output)
    var operands: [ValueID?] = [first]
    switch builtin {
    case .conv2D: operands.append(builder.constant("w", [output[3], filter[0], filter[1], input[3]]))
    case .depthwiseConv2D: operands.append(builder.constant("w", [1, filter[0], filter[1], output[3]]))
    case .pad: operands.append(builder.constant("p", [Int32(filter.count / 2), 2], .int32))
    case .add, .sub, .mul, .maximum, .concatenation: operands.append(builder.input("z", input))
    default: break
    }
    builder.node(builtin, operands, [target], options: options)
    var graph = builder.graph
    if builtin == .pad, let paddings = operands.last, let id = paddings {
      let bytes = filter.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
      graph[id].data = TensorData(bytes)
    }
    return (graph, graph.nodes[0])
  }

  private var options: Record {
    var fields = [("stride_h", stride), ("stride_w", stride), ("axis", 3)]
    fields += [("dilation_h_factor", dilation), ("dilation_w_factor", dilation)]
    if filter.count == 2 { fields += [("filter_height", Int(filter[0])), ("filter_width", Int(filter[1]))] }
    return Record("Options", fields.map { .init(name: $0.0, value: .integer(Int64($0.1))) })
  }
}

extension MeasuredOverlap {
  static let all: [MeasuredOverlap] = elements + convolutions + depthwise + pools

  private static let image: [Int32] = [1, 7, 9, 16]

  private static let elements: [MeasuredOverlap] = [
    MeasuredOverlap("add", .add, image, image, .startsBefore(0), measured: (0, 0)),
    MeasuredOverlap("add of input 1", .add, image, image, operand: 1, .startsBefore(0), measured: (0, 0)),
    MeasuredOverlap("sub", .sub, image, image, .startsBefore(0), measured: (0, 0)),
    MeasuredOverlap("mul", .mul, image, image, .startsBefore(0), measured: (0, 0)),
    MeasuredOverlap("maximum", .maximum, image, image, .startsBefore(0), measured: (0, 0)),
    MeasuredOverlap("logistic", .logistic, image, image, .startsBefore(0), measured: (0, 0)),
    MeasuredOverlap("relu", .relu, image, image, .startsBefore(0), measured: (0, 0)),
    MeasuredOverlap("softmax_10x20", .softmax, [10, 20], [10, 20], .startsBefore(0), measured: (0, 0)),
    MeasuredOverlap("reshape", .reshape, image, [1, 1_008], .sameAddress, measured: (0, 0)),
    MeasuredOverlap(
      "concat_ch", .concatenation, image, [1, 7, 9, 32], .startsBefore(1_008), measured: (992, 992)),
    MeasuredOverlap(
      "concat_ch of input 1", .concatenation, image, [1, 7, 9, 32], operand: 1, .startsBefore(1_024),
      measured: (1_008, 1_008)),
    MeasuredOverlap(
      "pad", .pad, image, [1, 9, 12, 16], filter: [0, 0, 1, 1, 2, 1, 0, 0], .startsBefore(512),
      measured: (512, 512)),
    MeasuredOverlap(
      "pad_br", .pad, image, [1, 8, 10, 16], filter: [0, 0, 0, 1, 0, 1, 0, 0], .startsBefore(96),
      measured: (96, 96)),
    MeasuredOverlap("transpose_0213", .transpose, image, [1, 9, 7, 16], .disjoint, measured: (768, 768)),
  ]

  private static let convolutions: [MeasuredOverlap] = [
    MeasuredOverlap(
      "conv1x1_batch2", .conv2D, [2, 5, 5, 8], [2, 5, 5, 8], filter: [1, 1], .startsBefore(7),
      measured: (7, 398)),
    MeasuredOverlap(
      "conv1x1_s1_16to1", .conv2D, image, [1, 7, 9, 1], filter: [1, 1], .startsBefore(0), measured: (-15, -15)
    ),
    MeasuredOverlap(
      "conv1x1_s1_16to16", .conv2D, image, image, filter: [1, 1], .startsBefore(15), measured: (15, 1_006)),
    MeasuredOverlap(
      "conv1x1_s1_16to3", .conv2D, image, [1, 7, 9, 3], filter: [1, 1], .startsBefore(2), measured: (2, 188)),
    MeasuredOverlap(
      "conv1x1_s1_8to24", .conv2D, [1, 7, 9, 8], [1, 7, 9, 24], filter: [1, 1], .startsBefore(1_015),
      measured: (1_015, 1_510)),
    MeasuredOverlap(
      "conv1x1_s2_16to16", .conv2D, image, [1, 4, 5, 16], filter: [1, 1], stride: 2, .startsBefore(15),
      measured: (15, 78)),
    MeasuredOverlap(
      "conv1x3_s1_8to8_h1", .conv2D, [1, 1, 40, 8], [1, 1, 40, 8], filter: [1, 3], .startsBefore(15),
      measured: (15, 8)),
    MeasuredOverlap(
      "conv1x4_s4_8to8_h1", .conv2D, [1, 1, 40, 8], [1, 1, 10, 8], filter: [1, 4], stride: 4,
      .startsBefore(7), measured: (6, -48)),
    MeasuredOverlap(
      "conv3x3_batch2", .conv2D, [2, 5, 5, 8], [2, 5, 5, 8], filter: [3, 3], .startsBefore(55),
      measured: (55, 48)),
    MeasuredOverlap(
      "conv3x3_s1_16to16", .conv2D, image, image, filter: [3, 3], .startsBefore(175), measured: (175, 160)),
    MeasuredOverlap(
      "conv3x3_s1_16to5", .conv2D, image, [1, 7, 9, 5], filter: [3, 3], .startsBefore(54), measured: (53, 50)),
    MeasuredOverlap(
      "conv3x3_s2_16to16", .conv2D, image, [1, 4, 5, 16], filter: [3, 3], stride: 2, .startsBefore(15),
      measured: (15, -16)),
    MeasuredOverlap(
      "conv3x3_s2_3to8", .conv2D, [1, 8, 10, 3], [1, 4, 5, 8], filter: [3, 3], stride: 2, .startsBefore(15),
      measured: (15, 8)),
    MeasuredOverlap(
      "conv3x3_valid_8to12", .conv2D, [1, 7, 9, 8], [1, 5, 7, 12], filter: [3, 3], .startsBefore(83),
      measured: (83, 72)),
    MeasuredOverlap(
      "conv5x5_dil2_8to8", .conv2D, [1, 11, 9, 8], [1, 11, 9, 8], filter: [3, 3], dilation: 2,
      .startsBefore(167),
      measured: (167, 160)),
  ]

  private static let depthwise: [MeasuredOverlap] = [
    MeasuredOverlap(
      "dw3x3_batch2", .depthwiseConv2D, [2, 4, 4, 8], [2, 4, 4, 8], filter: [3, 3], .startsBefore(40),
      measured: (40, 40)),
    MeasuredOverlap(
      "dw3x3_c200", .depthwiseConv2D, [1, 4, 4, 200], [1, 4, 4, 200], filter: [3, 3], .startsBefore(1_000),
      measured: (1_000, 1_000)),
    MeasuredOverlap(
      "dw3x3_dil2", .depthwiseConv2D, image, image, filter: [3, 3], dilation: 2, .startsBefore(320),
      measured: (320, 320)),
    MeasuredOverlap(
      "dw3x3_mult2_c4", .depthwiseConv2D, [1, 7, 9, 4], [1, 7, 9, 8], filter: [3, 3], .startsBefore(292),
      measured: (292, 292)),
    MeasuredOverlap(
      "dw3x3_mult4_c4", .depthwiseConv2D, [1, 7, 9, 4], [1, 7, 9, 16], filter: [3, 3], .startsBefore(796),
      measured: (796, 793)),
    MeasuredOverlap(
      "dw3x3_mult8_c1", .depthwiseConv2D, [1, 12, 9, 1], [1, 6, 5, 8], filter: [3, 3], stride: 2,
      .startsBefore(142),
      measured: (142, 139)),
    MeasuredOverlap(
      "dw3x3_s1", .depthwiseConv2D, image, image, filter: [3, 3], .startsBefore(160), measured: (160, 160)),
    MeasuredOverlap(
      "dw3x3_s2", .depthwiseConv2D, image, [1, 4, 5, 16], filter: [3, 3], stride: 2, .startsBefore(0),
      measured: (0, 0)),
    MeasuredOverlap(
      "dw3x3_valid", .depthwiseConv2D, image, [1, 5, 7, 16], filter: [3, 3], .startsBefore(0),
      measured: (0, 0)),
    MeasuredOverlap(
      "dw4x3_c20", .depthwiseConv2D, [1, 6, 5, 20], [1, 6, 5, 20], filter: [4, 3], .startsBefore(120),
      measured: (120, 120)),
    MeasuredOverlap(
      "dw5x5_s1", .depthwiseConv2D, image, image, filter: [5, 5], .startsBefore(320), measured: (320, 320)),
  ]

  private static let pools: [MeasuredOverlap] = [
    MeasuredOverlap(
      "avg2x2_s1_valid", .averagePool2D, [1, 6, 7, 16], [1, 5, 6, 16], filter: [2, 2], .startsBefore(0),
      measured: (0, 0)),
    MeasuredOverlap(
      "avg2x2_s2", .averagePool2D, [1, 8, 10, 16], [1, 4, 5, 16], filter: [2, 2], stride: 2, .startsBefore(0),
      measured: (0, -16)),
    MeasuredOverlap(
      "avg3x3_s1_same", .averagePool2D, [1, 6, 7, 16], [1, 6, 7, 16], filter: [3, 3], .startsBefore(128),
      measured: (128, 128)),
    MeasuredOverlap(
      "max3x3_s1_same_c5", .maxPool2D, [1, 6, 7, 5], [1, 6, 7, 5], filter: [3, 3], .startsBefore(40),
      measured: (40, 40)),
    MeasuredOverlap(
      "maxglobal", .maxPool2D, [1, 6, 6, 16], [1, 1, 1, 16], filter: [6, 6], .startsBefore(0),
      measured: (0, 0)),
  ]
}
