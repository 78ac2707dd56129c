package import Tensors

/// Which numbers data are, before anything is done to them.
package struct NumberExtent: Sendable, Equatable {
  package private(set) var smallest: Float
  package private(set) var largest: Float
  /// Whether there is no fraction among them.
  package private(set) var areWhole: Bool

  package init(smallest: Float, largest: Float, areWhole: Bool) {
    self.smallest = smallest
    self.largest = largest
    self.areWhole = areWhole
  }

  fileprivate mutating func add(_ numbers: [Float]) {
    for number in numbers {
      smallest = min(smallest, number)
      largest = max(largest, number)
      areWhole = areWhole && number == number.rounded()
    }
  }
}

extension SampleSet.Input {
  /// What the model's input is.
  package var portType: ElementType { converter.elementType }

  /// Whether somebody has said what to do to the numbers.
  package var isPreprocessed: Bool { !converter.preprocessing.isNone }

  /// Whether the numbers go in as they are.
  package var isUnchanged: Bool { converter.isRaw(source.elementType) }

  /// The real numbers that a quantized input holds; nil for others.
  package var portRange: ClosedRange<Float>? { converter.realRange }
}

extension SampleSet {
  /// The numbers of an input in so many samples, spread over all.
  ///
  /// - Returns: nil for data that are no numbers.
  package func extent(ofInput index: Int, sampleCount: Int) throws(DataError) -> NumberExtent? {
    let source = inputs[index].source
    var extent: NumberExtent?
    for step in 0..<min(sampleCount, count) {
      let sample = step * count / min(sampleCount, count)
      guard let numbers = NumericElements.floats(try source.bytes(ofSample: sample), source.elementType),
        let first = numbers.first
      else { return nil }
      if extent == nil {
        extent = NumberExtent(smallest: first, largest: first, areWhole: first == first.rounded())
      }
      extent?.add(numbers)
    }
    return extent
  }

  /// The same samples with other preprocessing.
  package func preprocessed(_ preprocessing: Preprocessing) -> SampleSet {
    SampleSet(
      self,
      inputs: inputs.map { input in
        Input(name: input.name, source: input.source, converter: input.converter.with(preprocessing))
      })
  }
}
