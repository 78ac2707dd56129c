/// Numbers that look random and are the same everywhere for one seed (SplitMix64, Steele et al. 2014).
package struct SeededRandom: RandomNumberGenerator, Sendable {
  @usableFromInline var state: UInt64

  @inlinable
  package init(seed: UInt64) { state = seed }

  /// The next word, all of its bits random.
  @inlinable
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A number in 0..<max(`bound`, 1).
  @inlinable
  package mutating func next(below bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

  /// Puts items into a random order (Fisher and Yates, 1938).
  package mutating func shuffle<Item>(_ items: inout [Item]) {
    for index in items.indices.reversed() { items.swapAt(index, next(below: index + 1)) }
  }

  /// The word that the generator of seed 0 gives at a position: a hash of the position.
  ///
  /// - Precondition: the position is not negative.
  @inlinable
  package static func word(at position: Int) -> UInt64 {
    var random = SeededRandom(seed: UInt64(position) &* 0x9E37_79B9_7F4A_7C15)
    return random.next()
  }
}
