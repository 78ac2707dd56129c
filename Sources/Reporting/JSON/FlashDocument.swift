import Workflows

/// Flash in bytes as JSON: the file, and an estimate of TFLM's code.
struct FlashDocument: Encodable {
  let fileBytes: Int
  let code: Code?
  let requestedBytes: Int
  let availableBytes: Int?
  /// `fits`, `probably` or `does-not-fit`.
  let verdict: String?
  let limitBytes: Int?
  let limitMet: Bool?

  struct Code: Encodable {
    let low: Int
    let best: Int
    let high: Int
    /// Operators that count nothing.
    let unknown: [String]
    let conditions: String
  }

  init(_ flash: FlashReport) {
    fileBytes = flash.fileBytes
    code = flash.code.map {
      Code(low: $0.low, best: $0.best, high: $0.high, unknown: $0.unknown, conditions: $0.conditions)
    }
    requestedBytes = flash.requestedBytes
    availableBytes = flash.availableBytes
    verdict = flash.fit?.rawValue
    limitBytes = flash.limitBytes
    limitMet = flash.limitBytes.map { flash.verdict(for: $0) != .doesNotFit }
  }
}
