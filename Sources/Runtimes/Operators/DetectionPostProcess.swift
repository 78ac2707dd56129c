import GraphIR
import Operators
import Tensors

extension TFLMOperator {
  static let detectionPostProcess = TFLMOperator(
    custom: "TFLite_Detection_PostProcess",
    method: ResolverMethod("AddDetectionPostprocess", isInArduinoLibrary: true),
    kernels: .portable(KernelProfile(data: 112) { $0.detectionPostProcess() }),
    overlap: .none(because: "it has several outputs"),
    types: .float,
    interpreter: .registered)
}

extension KernelSite {
  /// TFLite_Detection_PostProcess: eleven buffers that grow with the number of boxes.
  fileprivate func detectionPostProcess() -> [PrepareStep] {
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
