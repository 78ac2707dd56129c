package import GraphIR

/// Sets the weights of the smallest magnitude to zero, in the whole model or in every layer (Han et al. 2015).
///
/// Tensors keep their shapes: what shrinks is the compressed file only.
package struct MagnitudePruning: Pass {
  package static let name = "prune-weights"

  /// Among which weights the smallest are looked for.
  package enum Scope: Sendable {
    case model
    case layer
  }

  private let fraction: Double
  private let scope: Scope

  /// - Parameter fraction: the part of the weights that becomes zero, from 0 to 1.
  package init(fraction: Double, scope: Scope = .model) {
    self.fraction = fraction
    self.scope = scope
  }

  /// - Throws: `PassError` for a fraction outside 0...1 or a model that is not float32.
  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    guard fraction >= 0, fraction <= 1 else {
      throw PassError(pass: Self.name, reason: "the part to remove is \(fraction); give one from 0 to 1")
    }
    try FloatModelCheck.require(model, for: Self.name)
    let before = WeightTensors(model.graphs[0])
    guard before.count > 0 else {
      throw PassError(pass: Self.name, reason: "the model has no float32 weights")
    }
    var after = before
    switch scope {
    case .model: clear(&after, Array(after.entries.indices))
    case .layer: for entry in after.entries.indices { clear(&after, [entry]) }
    }
    after.store(in: &model)
    after.report(before, Self.name, &log)
  }

  /// Clears the smallest numbers of some tensors; of equal ones, the first.
  private func clear(_ weights: inout WeightTensors, _ entries: [Int]) {
    let total = entries.reduce(0) { $0 + weights.entries[$1].numbers.count }
    let count = Int((Double(total) * fraction).rounded(.down))
    guard count > 0 else { return }
    let (limit, atLimit) = Self.limit(of: count, among: entries.map { weights.entries[$0].numbers })
    var left = atLimit
    for entry in entries {
      for index in weights.entries[entry].numbers.indices {
        let size = weights.entries[entry].numbers[index].sizeKey
        guard size < limit || size == limit && left > 0 else { continue }
        if size == limit { left -= 1 }
        weights.entries[entry].numbers[index] = 0
      }
    }
  }

  /// The largest size among the smallest numbers, and how many of those have it: counted by the upper half of the
  /// key, then by the lower, so that no order of all numbers is made.
  ///
  /// - Parameter count: how many are the smallest, from 1 to all.
  private static func limit(of count: Int, among numbers: [[Float]]) -> (key: UInt32, count: Int) {
    var upper = [Int](repeating: 0, count: 1 << 16)
    for list in numbers { for number in list { upper[Int(number.sizeKey >> 16)] += 1 } }
    let (high, rest) = place(of: count, in: upper)
    var lower = [Int](repeating: 0, count: 1 << 16)
    for list in numbers {
      for number in list where number.sizeKey >> 16 == high { lower[Int(number.sizeKey & 0xFFFF)] += 1 }
    }
    let (low, last) = place(of: rest, in: lower)
    return (high << 16 | low, last)
  }

  /// The bin that the count-th number is in, and how manieth of the bin it is.
  private static func place(of count: Int, in bins: [Int]) -> (bin: UInt32, rest: Int) {
    var rest = count
    for (index, bin) in bins.enumerated() {
      if rest <= bin { return (UInt32(index), rest) }
      rest -= bin
    }
    return (UInt32(bins.count - 1), rest)
  }
}

extension Float {
  /// Orders numbers by their magnitude; a NaN is larger than all.
  var sizeKey: UInt32 { bitPattern & 0x7FFF_FFFF }
}
