/// Branches of which any two can be exchanged without a change of anything.
///
/// Sets of steps that differ by such exchanges are alike: the search keeps one of them, in which the branches stand by what has
/// run of them. Twelve heads of attention have millions of sets of steps, and a few hundred that are not alike.
struct BranchGroup {
  /// The steps of each branch; those at one place take each other's.
  let copies: [[Int]]

  /// Steps of a branch at the most.
  static let mostSteps = 64

  /// What of a branch is in a set, a bit for each place.
  private func state(of copy: [Int], in set: [UInt64], of instance: OrderInstance) -> UInt64 {
    var state: UInt64 = 0
    for (place, step) in copy.enumerated() where instance.contains(step, in: set) {
      state |= 1 << UInt64(place)
    }
    return state
  }

  /// The branches by what of them is in a set, most first; nil where they stand so.
  func sorted(by set: [UInt64], of instance: OrderInstance) -> [Int]? {
    let states = copies.map { state(of: $0, in: set, of: instance) }
    if zip(states, states.dropFirst()).allSatisfy({ $0 >= $1 }) { return nil }
    return copies.indices.sorted { (states[$1], $0) < (states[$0], $1) }
  }
}

extension OrderInstance {
  /// The names under which steps stand in the one of the sets like this one that the search keeps, by step; nil where it is this
  /// one.
  func renaming(of set: [UInt64]) -> [Int]? {
    var names: [Int]?
    for group in branches {
      guard let order = group.sorted(by: set, of: self) else { continue }
      var renamed = names ?? Array(0..<stepCount)
      for (place, copy) in order.enumerated() {
        for (from, to) in zip(group.copies[copy], group.copies[place]) { renamed[from] = to }
      }
      names = renamed
    }
    return names
  }
}
