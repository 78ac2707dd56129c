import Testing

@testable import Workflows

@Suite struct SearchFingerprintTests {
  private func text(_ parts: [[UInt8]]) -> String {
    var fingerprint = SearchFingerprint()
    for part in parts { fingerprint.add(part) }
    return fingerprint.text
  }

  @Test func everyByteAndEveryBorderCounts() {
    let all = [
      text([]), text([[]]), text([[0]]), text([[0, 0]]), text([[0], [0]]), text([[1, 2], [3]]),
      text([[1], [2, 3]]), text([[1, 2, 3]]), text([[3, 2, 1]]),
    ]
    #expect(Set(all).count == all.count)
    #expect(text([[1, 2], [3]]) == text([[1, 2], [3]]))
  }
}
