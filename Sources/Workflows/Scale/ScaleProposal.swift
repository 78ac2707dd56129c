package import Datasets

/// What may have to be done to data before a model takes them.
package struct ScaleProposal: Sendable, Equatable {
  /// The options of nnopt that do it.
  package let options: [String]
  package let preprocessing: Preprocessing
  /// The numbers that the model then gets.
  package let range: ClosedRange<Float>
  /// What speaks for or against it; nil where nothing was found.
  package internal(set) var evidence: String?

  /// Whether the data stay as they are.
  package var isIdentity: Bool { preprocessing.mean ?? 0 == 0 && preprocessing.scale ?? 1 == 1 }

  init(mean: Double? = nil, _ scale: Double, _ scaleText: String, _ range: ClosedRange<Float>) {
    // A value that begins with a dash would be taken for an option.
    options = (mean.map { $0 < 0 ? ["--mean=\($0)"] : ["--mean", "\($0)"] } ?? []) + ["--scale", scaleText]
    preprocessing = Preprocessing(mean: mean, scale: scale)
    self.range = range
  }

  /// What people commonly do to whole numbers of this extent: 0…1 first, then −1…1, then nothing.
  static func all(for extent: NumberExtent) -> [ScaleProposal] {
    let asIs = ScaleProposal(1, "1", extent.smallest...extent.largest)
    if extent.smallest >= 0, extent.largest <= 255 {
      return [
        ScaleProposal(1 / 255, "1/255", 0...1), ScaleProposal(mean: 127.5, 1 / 127.5, "1/127.5", -1...1),
        asIs,
      ]
    }
    if extent.smallest >= -128, extent.largest <= 127 {
      return [
        ScaleProposal(mean: -128, 1 / 255, "1/255", 0...1), ScaleProposal(1 / 128, "1/128", -1...1), asIs,
      ]
    }
    let bits: Double = extent.smallest >= 0 ? 65_535 : 32_768
    guard Double(extent.largest) <= bits, Double(extent.smallest) >= -bits else { return [asIs] }
    return [ScaleProposal(1 / bits, "1/\(Int(bits))", extent.smallest < 0 ? -1...1 : 0...1), asIs]
  }
}
