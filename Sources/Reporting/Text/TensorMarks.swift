import Passes
import Workflows

/// Letters for the tensors that a report names: those that make the peak, then the largest others.
struct TensorMarks {
  /// Tensors of the peak that have a letter, largest first.
  let atPeak: [PlanReport.LiveBuffer]
  /// Indices of the largest other tensors, largest first.
  let others: [Int]
  private let letters: [Character?]

  private static let peakTensors = 8
  private static let otherTensors = 4
  private static let alphabet = Array("ABCDEFGHIJKL")

  init(_ report: PlanReport) {
    let tensors = report.plan.buffers
    atPeak = Array((report.peak?.buffers ?? []).prefix(Self.peakTensors))
    let listed = Set(report.peak?.buffers.map(\.index) ?? [])
    let rest = tensors.indices.filter { tensors[$0].byteCount > 0 && !listed.contains($0) }
    others = Array(
      rest.sorted { (-tensors[$0].byteCount, $0) < (-tensors[$1].byteCount, $1) }.prefix(Self.otherTensors))
    var letters = [Character?](repeating: nil, count: tensors.count)
    for (tensor, letter) in zip(atPeak.map(\.index) + others, Self.alphabet) { letters[tensor] = letter }
    self.letters = letters
  }

  /// The letter of the tensor at an index of the plan's tensors, if it has one.
  func letter(of tensor: Int) -> Character? { letters[tensor] }
}
