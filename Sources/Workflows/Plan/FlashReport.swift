package import Boards
package import Runtimes
import Tensors

/// What a model takes of a board's flash: its file, and an estimate of the code that runs it.
package struct FlashReport: Sendable {
  /// Bytes of the file that is flashed.
  package let fileBytes: Int
  /// nil for the tensors alone, which no runtime runs.
  package let code: CodeEstimate?
  /// The board's flash; nil without a board, and where it has none of its own or it is not known.
  package let availableBytes: Int?
  /// The limit of `--fail-over-flash`.
  package let limitBytes: Int?

  package init(fileBytes: Int, code: CodeEstimate?, board: Board?, limitBytes: Int?) {
    self.fileBytes = fileBytes
    self.code = code
    availableBytes = board?.usableFlashBytes
    self.limitBytes = limitBytes
  }

  /// The file and the best estimate of the code.
  package var requestedBytes: Int { fileBytes.saturatingAdd(code?.best ?? 0) }

  /// Bytes by which the best estimate exceeds the smaller limit; 0 where it does not.
  package var missingBytes: Int {
    let room = [availableBytes, limitBytes].compactMap(\.self).min()
    return room.map { max(0, requestedBytes - $0) } ?? 0
  }

  /// How the need compares with a number of bytes.
  package enum Verdict: String, Sendable {
    /// Even the largest estimate of the code fits.
    case fits
    /// The best estimate fits, the largest does not.
    case probably
    case doesNotFit = "does-not-fit"
  }

  package func verdict(for bytes: Int) -> Verdict {
    if requestedBytes > bytes { return .doesNotFit }
    return fileBytes.saturatingAdd(code?.high ?? 0) > bytes ? .probably : .fits
  }

  /// nil where the board's flash is not known.
  package var fit: Verdict? { availableBytes.map(verdict) }

  package var isWithinLimits: Bool {
    [availableBytes, limitBytes].allSatisfy { bytes in bytes.map { verdict(for: $0) != .doesNotFit } ?? true }
  }
}
