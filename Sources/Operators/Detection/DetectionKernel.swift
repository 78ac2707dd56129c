import Tensors

/// Decodes boxes, suppresses overlapping ones, and writes the best.
struct DetectionKernel: Kernel {
  let options: DetectionOptions
  let boxes: Int
  /// Numbers an encoding takes; the first four are read.
  let columns: Int
  let scoreColumns: Int
  /// Detections that the outputs hold.
  let rows: Int
  let encodings: Reader
  let scores: Reader
  let anchors: Reader

  /// How an input is read as real numbers.
  enum Reader: Sendable {
    case float
    case uint8(ScaleAndZeroPoint)
    case int8(ScaleAndZeroPoint)
  }

  /// A box that is to be written.
  struct Detection {
    let box: Int
    let category: Int
    let score: Float
  }

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let decoded = decode(values(arguments, 0, encodings), values(arguments, 2, anchors))
    guard decoded.allSatisfy({ !($0.y0 >= $0.y1 || $0.x0 >= $0.x1) }) else {
      throw .invalidData("a decoded box has no area")
    }
    let scores = values(arguments, 1, scores)
    let suppression = BoxSuppression(
      boxes: decoded, scoreThreshold: options.scoreThreshold, overlapThreshold: options.overlapThreshold)
    for position in 0..<3 { arguments.output(position, Float.self).fill(0) }
    let count =
      options.isRegular
      ? writeRegular(arguments, decoded, scores, suppression)
      : writeFast(arguments, decoded, scores, suppression)
    arguments.output(3, Float.self)[0] = Float(count)
  }

  /// Suppression by class: the best boxes over all classes.
  private func writeRegular(
    _ arguments: KernelArguments, _ decoded: [Box], _ scores: [Float], _ suppression: BoxSuppression
  ) -> Int {
    var best: [Detection] = []
    for category in 0..<options.classes {
      let column = (0..<boxes).map { scores[score($0, category)] }
      for box in suppression.select(column, atMost: options.detectionsPerClass) {
        best.append(Detection(box: box, category: category, score: column[box]))
      }
      let order = BoxSuppression.decreasing(best.map(\.score)).prefix(options.detections)
      best = order.map { best[$0] }
    }
    for (row, detection) in best.enumerated() { write(detection, decoded, row, arguments) }
    return best.count
  }

  /// Suppression by the best class of a box; a detection has several classes.
  private func writeFast(
    _ arguments: KernelArguments, _ decoded: [Box], _ scores: [Float], _ suppression: BoxSuppression
  ) -> Int {
    let categories = min(options.classesPerDetection, options.classes)
    let ranking = (0..<boxes).map { box in
      let row = scores[score(box, 0)..<score(box, 0) + options.classes]
      return Array(BoxSuppression.decreasing(Array(row)).prefix(categories))
    }
    let best = (0..<boxes).map { scores[score($0, ranking[$0][0])] }
    let selected = suppression.select(best, atMost: options.detections)
    for (index, box) in selected.enumerated() {
      for (column, category) in ranking[box].enumerated() {
        let detection = Detection(box: box, category: category, score: scores[score(box, category)])
        write(detection, decoded, categories * index + column, arguments)
      }
    }
    return selected.count
  }

  /// Where the score of a box for a class stands.
  private func score(_ box: Int, _ category: Int) -> Int {
    box * scoreColumns + scoreColumns - options.classes + category
  }

  private func write(_ detection: Detection, _ decoded: [Box], _ row: Int, _ arguments: KernelArguments) {
    guard row < rows else { return }
    let corners = arguments.output(0, Float.self)
    let box = decoded[detection.box]
    for (index, corner) in [box.y0, box.x0, box.y1, box.x1].enumerated() { corners[4 * row + index] = corner }
    arguments.output(1, Float.self)[row] = Float(detection.category)
    arguments.output(2, Float.self)[row] = detection.score
  }

  private func values(_ arguments: KernelArguments, _ position: Int, _ reader: Reader) -> [Float] {
    switch reader {
    case .float:
      let source = arguments.input(position, Float.self)
      return source.indices.map { source[$0] }
    case .uint8(let quantization):
      let source = arguments.input(position, UInt8.self)
      return source.indices.map { quantization.scale * (Float(source[$0]) - Float(quantization.zeroPoint)) }
    case .int8(let quantization):
      let source = arguments.input(position, Int8.self)
      return source.indices.map { quantization.scale * (Float(source[$0]) - Float(quantization.zeroPoint)) }
    }
  }

  /// Corners from centers and sizes relative to anchors, in double precision as TFLM computes them.
  private func decode(_ encodings: [Float], _ anchors: [Float]) -> [Box] {
    (0..<boxes).map { index in
      let encoding = (0..<4).map { Double(encodings[index * columns + $0]) / Double(options.scales[$0]) }
      let anchor = (0..<4).map { Double(anchors[index * 4 + $0]) }
      return Box(
        yCenter: Float(encoding[0] * anchor[2] + anchor[0]),
        xCenter: Float(encoding[1] * anchor[3] + anchor[1]),
        halfHeight: Float(0.5 * exponential(encoding[2]) * anchor[2]),
        halfWidth: Float(0.5 * exponential(encoding[3]) * anchor[3]))
    }
  }
}
