package import GraphIR

/// Everything that `nnopt run` says; renderers only format it.
package struct RunReport: Sendable {
  package let path: String
  /// Where the numbers came from, in words.
  package let dataOrigin: String
  package let samples: Int
  /// What was done to the data, one line for each input; may be empty.
  package let preprocessing: [String]
  package let outputs: [Value]
  /// The bytes of every output, by sample.
  package let results: [[[UInt8]]]
  package let timings: [OperatorTiming]

  /// The time of one operator.
  package struct OperatorTiming: Sendable, Equatable, Encodable {
    package let graph: Int
    /// Position of the operator in its graph.
    package let index: Int
    package let name: String
    package let runs: Int
    package let milliseconds: Double

    package init(graph: Int, index: Int, name: String, runs: Int, milliseconds: Double) {
      self.graph = graph
      self.index = index
      self.name = name
      self.runs = runs
      self.milliseconds = milliseconds
    }
  }

  package init(
    path: String, dataOrigin: String, samples: Int, preprocessing: [String], outputs: [Value],
    results: [[[UInt8]]], timings: [OperatorTiming]
  ) {
    self.path = path
    self.dataOrigin = dataOrigin
    self.samples = samples
    self.preprocessing = preprocessing
    self.outputs = outputs
    self.results = results
    self.timings = timings
  }
}
