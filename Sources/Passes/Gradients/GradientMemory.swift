import GraphIR
import Operators
import Tensors

/// One thread's numbers and derivatives of every float value of a graph, constants included.
///
/// Not safe to be used by two threads at once; whoever shares one hands it to one at a time.
@safe
final class GradientMemory: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Float>
  private let size: Int
  /// Elements from the start, by value; nil for values that are not float32.
  private let places: [Int?]
  private let counts: [Int]
  private let transposedStart: Int

  /// - Parameter layout: made once for a graph.
  init(_ layout: GradientLayout) {
    places = layout.places
    counts = layout.counts
    transposedStart = layout.transposedStart
    size = layout.size
    unsafe base = .allocate(capacity: max(size, 1))
    unsafe base.initialize(repeating: 0, count: size)
  }

  deinit { unsafe base.deallocate() }

  /// The numbers of a float value.
  func value(_ id: ValueID) -> TensorBuffer<Float> { buffer(id, 0) }

  /// The derivatives of the loss by a float value's numbers.
  func gradient(_ id: ValueID) -> TensorBuffer<Float> { buffer(id, 1) }

  /// Memory for a constant's numbers in another order.
  func transposed(_ id: ValueID) -> TensorBuffer<Float> { buffer(id, 2) }

  func clearGradients() {
    unsafe (base + transposedStart / 2).update(repeating: 0, count: transposedStart / 2)
  }

  private func buffer(_ id: ValueID, _ part: Int) -> TensorBuffer<Float> {
    guard let place = places[id.index] else { preconditionFailure("value \(id.index) is not float32") }
    return unsafe TensorBuffer(base: base + place + part * (transposedStart / 2), count: counts[id.index])
  }
}

/// Where `GradientMemory` keeps the values of a graph.
struct GradientLayout: Sendable {
  let places: [Int?]
  let counts: [Int]
  let transposedStart: Int
  let size: Int

  /// Elements beyond which a graph is refused: two gigabytes for a thread.
  private static let sizeLimit = 1 << 29

  /// - Returns: nil where the graph's float values are too many.
  init?(_ graph: Graph) {
    var places: [Int?] = []
    var counts: [Int] = []
    var end = 0
    for value in graph.values {
      let count = value.elementType == .float32 ? value.shape?.elementCount ?? 0 : 0
      places.append(value.elementType == .float32 ? end : nil)
      counts.append(count)
      let (sum, overflow) = end.addingReportingOverflow((count + 15) / 16 * 16)
      guard !overflow, sum < Self.sizeLimit / 3 else { return nil }
      end = sum
    }
    self.places = places
    self.counts = counts
    transposedStart = 2 * end
    size = 3 * end
  }
}
