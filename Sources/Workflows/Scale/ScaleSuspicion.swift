package import Datasets
package import Tensors

/// Data whose scale somebody seems to have forgotten.
package struct ScaleSuspicion: Sendable, Equatable {
  /// Where the data come from.
  package let file: String
  /// The model's input.
  package let input: String
  /// Of the data's numbers.
  package let elementType: ElementType
  package let extent: NumberExtent
  /// What the input is.
  package let portType: ElementType
  /// The numbers that the input holds, where it is quantized.
  package let portRange: ClosedRange<Float>?
  /// What the user may mean, the likeliest first.
  package internal(set) var proposals: [ScaleProposal]

  /// One sentence without a full stop.
  package var problem: String {
    let numbers =
      "\(file) holds \(extent.areWhole ? "whole numbers" : "numbers") from \(Self.text(extent.smallest)) to "
      + "\(Self.text(extent.largest)) (\(elementType))"
    if let portRange {
      return
        "\(numbers), but input '\(input)' takes \(Self.text(portRange)); say with --scale what they stand for"
    }
    return "\(numbers), and nothing says whether input '\(input)' (\(portType)) takes them as they are; "
      + "say it with --scale"
  }

  /// One line for each proposal: the range, the options, the evidence.
  package var lines: [String] {
    let cells = proposals.map { (Self.text($0.range), $0.options.joined(separator: " "), $0.evidence ?? "") }
    let widths = (cells.map(\.0.count).max() ?? 0, cells.map(\.1.count).max() ?? 0)
    return cells.map { range, options, evidence in
      var line = "  \(range)" + String(repeating: " ", count: widths.0 - range.count + 2) + options
      if !evidence.isEmpty {
        line += String(repeating: " ", count: widths.1 - options.count + 2) + evidence
      }
      return line
    }
  }

  private static func text(_ range: ClosedRange<Float>) -> String {
    "\(text(range.lowerBound)) … \(text(range.upperBound))"
  }

  /// A number with four places at the most.
  private static func text(_ number: Float) -> String {
    if number == number.rounded(), abs(number) < 1e9 { return "\(Int(number))" }
    return "\((number * 10_000).rounded() / 10_000)"
  }
}
