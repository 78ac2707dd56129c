/// Two buffers that may share bytes although both are live: one that a step writes while it reads the other.
///
/// Buffers without such an allowance are disjoint whenever they are live together.
package struct AllowedOverlap: Sendable, Equatable, Hashable {
  /// The buffer that is written.
  package let first: Int
  /// The buffer that is read for the last time.
  package let second: Int
  package let condition: Condition

  /// When the two may share bytes.
  package enum Condition: Sendable, Equatable, Hashable {
    /// Both start at one address.
    case equal
    /// The first starts at least so many bytes before the second.
    case startsBefore(Int)
  }

  package init(first: Int, second: Int, _ condition: Condition) {
    self.first = first
    self.second = second
    self.condition = condition
  }

  /// The least distance from the first buffer's start to the second's where they overlap, in bytes.
  var leastDistance: Int {
    switch condition {
    case .equal: 0
    case .startsBefore(let bytes): bytes
    }
  }

  /// The most bytes of a written buffer that buffers which die meanwhile can lie under.
  ///
  /// Read buffers do not overlap each other. Laid from the written buffer's start by rising least distance,
  /// each as low as it can be, they leave no byte idle that another sequence would use: single-machine
  /// scheduling with release times.
  ///
  /// - Parameter read: size and least distance of the buffers that are read.
  static func mostSharedBytes(written: Int, read: [(size: Int, distance: Int)]) -> Int {
    var shared = 0
    var end = 0
    for buffer in read.sorted(by: { ($0.distance, $0.size) < ($1.distance, $1.size) }) {
      let start = max(end, buffer.distance)
      guard start < written else { break }
      end = start + buffer.size
      shared += min(end, written) - start
    }
    return shared
  }
}
