package import Datasets
import Execution

/// A number that changes with what a search's figures depend on (FNV-1a, Fowler, Noll, Vo 1991; no safeguard
/// against malice).
package struct SearchFingerprint: Sendable {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  package mutating func add(_ bytes: [UInt8]) {
    var hash = state
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state = (hash ^ UInt64(bytes.count)) &* 0x100_0000_01B3
  }

  package mutating func add(_ text: String) { add(Array(text.utf8)) }

  /// - Throws: where a sample cannot be read.
  package mutating func add(_ samples: SampleSet) throws(DataError) {
    for index in 0..<samples.count { for bytes in try samples.sample(index) { add(bytes) } }
  }

  package var text: String { String(state, radix: 16) }
}
