package import GraphIR
import Tensors

/// The custom operator that turns the output of a single-shot detector into boxes: decodes centers
/// and sizes against anchors, then suppresses boxes that overlap better ones.
///
/// Inputs: encodings 1×N×(4 or more), scores 1×N×C (C is the number of classes, or one more with a
/// background in front), anchors N×4. Outputs in float32: boxes 1×R×4 as y₀, x₀, y₁, x₁; classes 1×R;
/// scores 1×R; the number of detections. Equals LiteRT's kernel, and TFLM's for float32 and one class a
/// detection (with more TFLM writes behind its outputs). Rows behind the last detection, which both
/// leave unset after fast suppression, are 0.
package enum DetectionPostProcess: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "TFLite_Detection_PostProcess"

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let options = try DetectionOptions(context.node.customOptions?.bytes ?? [])
    let encodings = try context.inputShape(0, rank: 3)
    let scores = try context.inputShape(1, rank: 3)
    let anchors = try context.inputShape(2, rank: 2)
    let boxes = encodings[1]
    guard encodings[0] == 1, encodings[2] >= 4 else {
      throw .invalidShape("input 0 is \(encodings), expected 1×N×4")
    }
    guard scores[0] == 1, scores[1] == boxes, (0...1).contains(scores[2] - options.classes) else {
      throw .invalidShape("input 1 is \(scores), expected 1×\(boxes)×\(options.classes), or one class more")
    }
    guard anchors.dimensions == [boxes, 4] else {
      throw .invalidShape("input 2 is \(anchors), expected \(boxes)×4")
    }
    return DetectionKernel(
      options: options, boxes: boxes, columns: encodings[2], scoreColumns: scores[2],
      rows: try rows(context, options), encodings: try reader(context, 0), scores: try reader(context, 1),
      anchors: try reader(context, 2))
  }

  /// How many detections the outputs hold.
  private static func rows(_ context: NodeContext, _ options: DetectionOptions) throws(KernelError) -> Int {
    for position in 0..<4 {
      let type = try context.output(position).elementType
      guard type == .float32 else {
        throw .unsupportedType("output \(position) is \(type), expected float32")
      }
    }
    let rows = try context.outputShape(1).elementCount
    for (position, count) in [0: rows.saturatingMultiply(4), 2: rows, 3: 1].sorted(by: { $0.key < $1.key }) {
      let shape = try context.outputShape(position)
      guard shape.elementCount == count else {
        throw try resizing(context, options, "output \(position) is \(shape), expected \(count) elements")
      }
    }
    guard !options.isRegular || rows >= options.detections else {
      throw .invalidShape("output 1 has room for \(rows) of \(options.detections) detections")
    }
    return rows
  }

  /// The first result that has not the shape that LiteRT gives it: one row for each class of each detection.
  private static func resizing(
    _ context: NodeContext, _ options: DetectionOptions, _ reason: String
  ) throws(KernelError) -> KernelError {
    let rows = options.detections.saturatingMultiply(options.classesPerDetection)
    for (position, shape) in [[1, rows, 4], [1, rows], [1, rows], [1]].enumerated() {
      guard try context.outputShape(position).dimensions == shape else {
        return .wrongOutput(position, gives: shape, reason: reason)
      }
    }
    return .invalidShape(reason)
  }

  private static func reader(
    _ context: NodeContext, _ position: Int
  ) throws(KernelError) -> DetectionKernel.Reader {
    let type = try context.input(position).elementType
    switch type {
    case .float32: return .float
    case .uint8: return .uint8(try context.perTensorQuantization(position))
    case .int8: return .int8(try context.perTensorQuantization(position))
    default: throw .unsupportedType("input \(position) is \(type), expected float32, uint8 or int8")
    }
  }
}

/// The options of a detection node.
struct DetectionOptions: Sendable {
  let detections: Int
  let classesPerDetection: Int
  let detectionsPerClass: Int
  let scoreThreshold: Float
  let overlapThreshold: Float
  let classes: Int
  let isRegular: Bool
  /// What encodings are divided by: y, x, height, width.
  let scales: [Float]

  /// - Throws: `unsupported` where the bytes are no map, or the numbers make no sense.
  init(_ bytes: [UInt8]) throws(KernelError) {
    let map = try FlexBufferMap(bytes)
    detections = map.integer("max_detections")
    classesPerDetection = map.integer("max_classes_per_detection")
    detectionsPerClass = map["detections_per_class"] == nil ? 100 : map.integer("detections_per_class")
    scoreThreshold = map.real("nms_score_threshold")
    overlapThreshold = map.real("nms_iou_threshold")
    classes = map.integer("num_classes")
    isRegular = map.integer("use_regular_nms") != 0
    scales = ["y_scale", "x_scale", "h_scale", "w_scale"].map { map.real($0) }
    guard detections >= 0, classes > 0, isRegular ? detectionsPerClass > 0 : classesPerDetection > 0 else {
      throw .unsupported(
        "max_detections \(detections), num_classes \(classes), detections_per_class \(detectionsPerClass), "
          + "max_classes_per_detection \(classesPerDetection) must be positive")
    }
    guard overlapThreshold > 0, overlapThreshold <= 1 else {
      throw .unsupported("nms_iou_threshold is \(overlapThreshold), expected more than 0 and at most 1")
    }
  }
}
