package import GraphIR
import Passes
import Planning
import Workflows

extension ModelDiff {
  /// One of the compared files.
  package struct Side: Sendable {
    package let model: Model
    package let fileBytes: Int

    package init(model: Model, fileBytes: Int) {
      self.model = model
      self.fileBytes = fileBytes
    }
  }

  /// Compares two models, graph by graph in the file's order.
  package init(before: Side, after: Side) {
    let old = before.model.graphs
    let new = after.model.graphs
    var operators: [OperatorChange] = []
    var tensors: [TensorChange] = []
    var constants: [ConstantChange] = []
    var ports: [Change] = []
    let none = Graph(nodes: [], values: [], inputs: [], outputs: [])
    for index in 0..<max(old.count, new.count) {
      let graphs = (index < old.count ? old[index] : none, index < new.count ? new[index] : none)
      let comparison = GraphComparison(graphs.0, graphs.1, index: index)
      operators += comparison.operatorChanges
      tensors += comparison.tensorChanges
      constants += comparison.constantChanges
      if index < min(old.count, new.count) { ports += comparison.portChanges }
    }
    self.operators = operators
    self.tensors = tensors
    self.constants = constants
    figures = Self.figures(before, after)
    surroundings = ports + Surroundings.changes(before.model, after.model)
  }

  private static func figures(_ before: Side, _ after: Side) -> [Figure] {
    let old = ModelSummary(before.model)
    let new = ModelSummary(after.model)
    func count(_ name: String, _ figure: (ModelSummary) -> Int) -> Figure {
      Figure(name: name, isBytes: false, before: figure(old), after: figure(new))
    }
    func bytes(_ name: String, _ figures: (Int?, Int?)) -> Figure {
      Figure(name: name, isBytes: true, before: figures.0, after: figures.1)
    }
    return [
      bytes("fileBytes", (before.fileBytes, after.fileBytes)),
      count("subgraphs") { $0.graphCount },
      count("operators") { $0.totalOperatorCount },
      count("parameters") { $0.parameterCount },
      bytes("constantBytes", (old.constantBytes, new.constantBytes)),
      count("macs") { $0.multiplyAccumulates },
      bytes("stateBytes", (old.variableBytes, new.variableBytes)),
      bytes("peakBytesInFileOrder", (peakBytes(before.model), peakBytes(after.model))),
    ]
  }

  private static func peakBytes(_ model: Model) -> Int? {
    try? Arranger(model, for: IdealRuntime()).peakBytes(.file)
  }
}
