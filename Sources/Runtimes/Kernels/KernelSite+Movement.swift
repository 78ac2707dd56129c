import GraphIR
import Operators
import Tensors

extension KernelSite {
  /// CONCATENATION inspects its first input twice.
  func concatenation() -> [PrepareStep] {
    temporaries(.input(0), .output(0)) + temporaries(node.inputs.indices.map { .input($0) })
  }

  func mirrorPad() -> [PrepareStep] {
    let bytes = 4 * (self[.input(0)]?.rank ?? 0)
    return temporaries(.input(0), .input(1), .output(0)) + [.scratch(bytes), .scratch(bytes)]
  }

  /// EMBEDDING_LOOKUP has no structure of its own before it prepares.
  func embeddingLookup() -> [PrepareStep] {
    writingDimensions(.input(0), .input(1), .output(0)) + [late(LateStructure.embeddingLookup)]
  }

  /// ASSIGN_VARIABLE makes room for the variable when it is the first to assign it.
  func assignVariable() -> [PrepareStep] {
    guard node.inputs.count > 1, let handle = node.inputs[0], let value = node.inputs[1] else { return [] }
    return [.temporary(value), .resource(handle: handle, bytes: graph[value].byteCount)]
  }

  /// TFLite_Detection_PostProcess: eleven buffers that grow with the number of boxes.
  func detectionPostProcess() -> [PrepareStep] {
    let options = try? FlexBufferMap(node.customOptions?.bytes ?? [])
    let boxes = self[.input(0)]?.dimension(1) ?? 0
    let scores = self[.input(1)].map { $0.dimension(1) * $0.dimension(2) } ?? 0
    let detections = options?.count("max_detections") ?? 0
    let classes = options?.count("num_classes") ?? 0
    let bytes = [
      boxes, 16 * boxes, 4 * scores, 4 * boxes, 4 * boxes, 4 * detections * boxes, 4 * detections * boxes,
      4 * boxes, 4 * detections * boxes, 4 * max(classes, detections) * boxes,
      4 * min(boxes, detections) * boxes,
    ]
    return temporaries(.input(0), .input(1), .input(2)) + bytes.map(PrepareStep.scratch)
  }
}

extension FlexBufferMap {
  /// A number that counts something; 0 where the map has none.
  fileprivate func count(_ key: String) -> Int {
    guard case .integer(let number)? = self[key] else { return 0 }
    return Int(clamping: max(0, min(number, 1 << 24)))
  }
}
