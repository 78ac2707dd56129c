import CKernels
import GraphIR
import Operators
import Tensors

/// One thread's numbers and derivatives of every float value of a graph, for eight samples at once.
///
/// Values hold the samples side by side: element e of sample l stands at e · 8 + l. Weights and biases of
/// layers stand once, and their derivatives are summed over the samples. Not safe to be used by two
/// threads at once; whoever shares one hands it to one at a time.
@safe
final class GradientMemory: @unchecked Sendable {
  /// Samples at once.
  static let laneCount = Int(NN_LANES)

  private let base: UnsafeMutablePointer<Float>
  private let layout: GradientLayout

  /// - Parameter layout: made once for a graph.
  init(_ layout: GradientLayout) {
    self.layout = layout
    unsafe base = .allocate(capacity: max(layout.size, 1))
    unsafe base.initialize(repeating: 0, count: layout.size)
  }

  deinit { unsafe base.deallocate() }

  /// The numbers of a float value.
  func value(_ id: ValueID) -> TensorBuffer<Float> { buffer(layout.values[id.index]) }

  /// The derivatives of the loss by a float value's numbers.
  func gradient(_ id: ValueID) -> TensorBuffer<Float> { buffer(layout.gradients[id.index]) }

  /// Whether anything that is fitted has a part in a value.
  func hasGradient(_ id: ValueID) -> Bool { layout.gradients[id.index] != nil }

  /// Memory that belongs to a layer's weights.
  func scratch(_ weights: ValueID) -> TensorBuffer<Float> { buffer(layout.scratch[weights.index]) }

  /// Sets a constant's numbers.
  func assign(_ numbers: [Float], to constant: ValueID) {
    let buffer = value(constant)
    guard !layout.isParameter[constant.index] else { return buffer.assign(numbers) }
    for lane in 0..<Self.laneCount { assign(numbers, to: constant, lane: lane) }
  }

  /// Sets one sample's numbers of a value.
  func assign(_ numbers: [Float], to value: ValueID, lane: Int) {
    let buffer = self.value(value)
    precondition(numbers.count * Self.laneCount == buffer.count, "as many numbers as the value has")
    for (index, number) in numbers.enumerated() { buffer[index * Self.laneCount + lane] = number }
  }

  /// One sample's numbers of a value.
  func numbers(_ value: ValueID, lane: Int) -> [Float] {
    let buffer = self.value(value)
    return stride(from: lane, to: buffer.count, by: Self.laneCount).map { buffer[$0] }
  }

  func clearGradients() {
    unsafe (base + layout.gradientStart).update(
      repeating: 0, count: layout.scratchStart - layout.gradientStart)
  }

  private func buffer(_ range: Range<Int>?) -> TensorBuffer<Float> {
    guard let range else { preconditionFailure("a value without memory") }
    return unsafe TensorBuffer(base: base + range.lowerBound, count: range.count)
  }
}

/// Where `GradientMemory` keeps the values of a graph.
struct GradientLayout: Sendable {
  /// By value; nil for values that are not float32.
  private(set) var values: [Range<Int>?] = []
  /// By value; nil where nothing that is fitted has a part.
  private(set) var gradients: [Range<Int>?] = []
  /// By the weights of a layer.
  private(set) var scratch: [Range<Int>?]
  /// Whether a value is a layer's weights or bias.
  let isParameter: [Bool]
  let gradientStart: Int
  let scratchStart: Int
  private(set) var size = 0

  /// Elements beyond which a graph is refused: two gigabytes for a thread.
  private static let sizeLimit = 1 << 29

  /// - Parameters:
  ///   - isParameter: by value.
  ///   - isFitted: whether a value depends on a float constant.
  ///   - scratchCounts: elements of scratch memory by value.
  /// - Returns: nil where the graph's float values are too many.
  init?(_ graph: Graph, isParameter: [Bool], isFitted: [Bool], scratchCounts: [Int]) {
    self.isParameter = isParameter
    var end = 0
    func place(_ count: Int, lanes: Int) -> Range<Int>? {
      guard count <= Self.sizeLimit / lanes - end - 16 else { return nil }
      let start = end
      end += (count * lanes + 15) / 16 * 16
      return start..<start + count * lanes
    }
    func places(_ chosen: (Int) -> Bool) -> [Range<Int>?]? {
      var result: [Range<Int>?] = []
      for (index, value) in graph.values.enumerated() {
        guard value.elementType == .float32, chosen(index) else {
          result.append(nil)
          continue
        }
        let lanes = isParameter[index] ? 1 : GradientMemory.laneCount
        guard let range = place(value.shape?.elementCount ?? 0, lanes: lanes) else { return nil }
        result.append(range)
      }
      return result
    }
    guard let values = places({ _ in true }) else { return nil }
    gradientStart = end
    guard let gradients = places({ isFitted[$0] }) else { return nil }
    scratchStart = end
    scratch = []
    for count in scratchCounts {
      guard let range = place(count, lanes: 1) else { return nil }
      scratch.append(count > 0 ? range : nil)
    }
    (self.values, self.gradients, size) = (values, gradients, end)
  }
}

extension TensorBuffer<Float> {
  /// An element of all eight samples.
  @inline(__always)
  func lanes(_ element: Int) -> SIMD8<Float> {
    precondition(element >= 0 && element < count / 8, "element out of range")
    return unsafe UnsafeRawPointer(pointer + element * 8).loadUnaligned(as: SIMD8<Float>.self)
  }

  /// Sets an element of all eight samples.
  @inline(__always)
  func setLanes(_ element: Int, _ numbers: SIMD8<Float>) {
    precondition(element >= 0 && element < count / 8, "element out of range")
    unsafe UnsafeMutableRawPointer(pointer + element * 8).storeBytes(of: numbers, as: SIMD8<Float>.self)
  }
}
