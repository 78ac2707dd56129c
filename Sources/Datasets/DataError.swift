/// Why data cannot be given to a model, or a file of data cannot be read.
package enum DataError: Error, Equatable, Sendable {
  /// The file cannot be opened or read, or there is none.
  case unreadable(file: String, reason: String)
  /// The file is not what its name or first bytes say, or is damaged.
  case malformed(file: String, format: String, reason: String)
  /// The file is well formed, but nnopt does not read what it holds; the reason says what to do.
  case unsupported(file: String, reason: String)
  /// The data's shape does not fit the model's input.
  case wrongShape(file: String, input: String, expected: String, got: String, hint: String?)
  /// A NaN, an infinity, or a number that the model's input cannot hold.
  case invalidNumber(file: String, sample: Int, element: Int, reason: String)
  /// Data of another kind than the model's input, such as images for a list of words.
  case unsuitable(file: String, input: String, reason: String)
  /// Several inputs have different numbers of samples.
  case sampleCounts(file: String, count: Int, otherFile: String, otherCount: Int)
  /// There is not one sample.
  case noSamples(file: String)
  /// Labels and samples do not go together.
  case labelCount(file: String, labels: Int, samples: Int)
  /// A label that is no class number.
  case invalidLabel(file: String, index: Int, reason: String)
  /// Inputs and files do not go together.
  case inputNames(String)
}

extension DataError: CustomStringConvertible {
  /// One line that names the file, the problem and what to do about it.
  package var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .malformed(let file, let format, let reason): "\(file): not \(format), or damaged: \(reason)"
    case .unsupported(let file, let reason): "\(file): \(reason)"
    case .wrongShape(let file, let input, let expected, let got, let hint):
      "\(file): input '\(input)' takes \(expected), the data are \(got)\(hint.map { "; \($0)" } ?? "")"
    case .invalidNumber(let file, let sample, let element, let reason):
      "\(file): sample \(sample), element \(element) \(reason)"
    case .unsuitable(let file, let input, let reason): "\(file): input '\(input)' \(reason)"
    case .sampleCounts(let file, let count, let otherFile, let otherCount):
      "\(file) has \(count) samples, \(otherFile) has \(otherCount); give as many for every input"
    case .noSamples(let file): "\(file): holds no sample"
    case .labelCount(let file, let labels, let samples):
      "\(file): \(labels) labels for \(samples) samples; give one label for each sample"
    case .invalidLabel(let file, let index, let reason): "\(file): label \(index) \(reason)"
    case .inputNames(let reason): reason
    }
  }
}
