/// What a model costs and how good it is, to compare before and after.
package struct ModelFigures: Sendable, Equatable, Codable {
  package var fileBytes: Int
  /// Elements of weights, biases and tables.
  package let parameters: Int
  /// Multiply-accumulate operations of one inference.
  package let macs: Int
  /// The largest number of bytes of tensors live at one time, in the best order.
  package let peakBytes: Int
  /// What stock TFLM takes for the file as it is, its offsets obeyed where it has any; the arena of the tensors alone
  /// where TFLM cannot run it.
  package let arenaBytes: Int
  /// The share of samples classified rightly, or, without labels, as the original model does; nil without
  /// data or scores.
  package let top1: Double?
  /// TFLM's code for the model's operators, estimated; nil where it was not asked.
  package var codeBytes: Int?

  /// Flash that the file and the code take.
  package var flashBytes: Int { fileBytes + (codeBytes ?? 0) }

  package init(
    fileBytes: Int, parameters: Int, macs: Int, peakBytes: Int, arenaBytes: Int, top1: Double?
  ) {
    self.fileBytes = fileBytes
    self.parameters = parameters
    self.macs = macs
    self.peakBytes = peakBytes
    self.arenaBytes = arenaBytes
    self.top1 = top1
  }
}
