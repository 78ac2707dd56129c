/// The samples that a model is run with: one source for every input, converted when a sample is asked for.
package struct SampleSet: Sendable {
  package let count: Int
  /// The inputs in the model's order.
  package let inputs: [Input]

  /// One input and where its numbers come from.
  package struct Input: Sendable {
    package let name: String
    package let source: any SampleSource
    let converter: InputConverter

    /// What happens to the source's numbers, for reports: `uint8 → (x − 127.5) · 0.0078 → int8`.
    package var description: String {
      if converter.isRaw(source.elementType) { return "\(source.elementType), unchanged" }
      let work = converter.preprocessing.isNone ? "" : " → \(converter.preprocessing)"
      let quantization = converter.quantization.map { " (scale \($0.scale), zero point \($0.zeroPoint))" }
      return "\(source.elementType)\(work) → \(converter.elementType)\(quantization ?? "")"
    }
  }

  init(inputs: [Input]) throws(DataError) {
    guard let first = inputs.first else { throw .inputNames("the model has no input to give data to") }
    for input in inputs.dropFirst() where input.source.sampleCount != first.source.sampleCount {
      throw .sampleCounts(
        file: first.source.name, count: first.source.sampleCount, otherFile: input.source.name,
        otherCount: input.source.sampleCount)
    }
    guard first.source.sampleCount > 0 else { throw .noSamples(file: first.source.name) }
    self.inputs = inputs
    count = first.source.sampleCount
  }

  private init(_ set: SampleSet, count: Int) {
    inputs = set.inputs
    self.count = count
  }

  /// As many samples of other inputs.
  init(_ set: SampleSet, inputs: [Input]) {
    self.inputs = inputs
    count = set.count
  }

  /// The first samples.
  package func prefix(_ limit: Int) -> SampleSet { SampleSet(self, count: min(max(limit, 0), count)) }

  /// The bytes of a sample's inputs, as `Session.run` takes them.
  ///
  /// - Throws: `DataError` naming the sample, where a number does not go in or an image cannot be read.
  package func sample(_ index: Int) throws(DataError) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for input in inputs {
      let bytes = try input.source.bytes(ofSample: index)
      do throws(InputConverter.Problem) {
        result.append(try input.converter.convert(bytes, input.source.elementType))
      } catch {
        throw .invalidNumber(
          file: input.source.name, sample: index, element: error.element, reason: error.reason)
      }
    }
    return result
  }

  /// The largest share of an input's elements that quantization clamps in a sample; much of it is a sign
  /// that the data have another range than the model was made for.
  package func clampedShare(ofSample index: Int) throws(DataError) -> Double {
    var largest = 0.0
    for input in inputs {
      let bytes = try input.source.bytes(ofSample: index)
      largest = max(largest, input.converter.clampedShare(bytes, input.source.elementType))
    }
    return largest
  }
}
