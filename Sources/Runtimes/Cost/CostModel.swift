package import Boards
package import GraphIR
import Operators

/// Estimates what an inference costs on a processor, from the work of its operators and public measurements.
///
/// An operator takes its MACs times the class's cycles per MAC, or, where it multiplies nothing, its bytes times the
/// cycles per byte; see `ProcessorClass`. One core counts, accelerators do not.
package struct CostModel: Sendable {
  private let profile: Result<Profile, Unknown>

  fileprivate struct Unknown: Error {
    let reason: String
  }

  fileprivate struct Profile {
    let processor: ProcessorClass
    let kernels: KernelLibrary
    let hasFPU: Bool
    let clockMHz: Int
  }

  /// A board's processor; there is no estimate where its clock rate is not known.
  ///
  /// - Parameter kernels: nil for the library with which TFLM is commonly built for the processor.
  package init(_ processor: Processor, kernels: KernelLibrary? = nil) {
    guard let processorClass = ProcessorClass(processor) else {
      profile = .failure(Unknown(reason: "no public measurement of such a processor is known"))
      return
    }
    guard let clockMHz = processor.clockMHz, clockMHz > 0 else {
      profile = .failure(Unknown(reason: "the board's clock rate is not known"))
      return
    }
    profile = .success(
      Profile(
        processor: processorClass, kernels: kernels ?? KernelLibrary(for: processor),
        hasFPU: processor.floatUnit.map { $0 != .none } ?? processorClass.commonlyHasFPU, clockMHz: clockMHz))
  }

  /// Estimates one inference: bodies of loops as often as they turn, once where that is not known.
  ///
  /// There is no estimate of a model that an NPU runs: its command streams are not read.
  package func estimate(_ model: Model) -> CostVerdict {
    if EthosULayout(model) != nil { return .unknown(reason: EthosULayout.reasonAgainstEstimate) }
    switch profile {
    case .failure(let unknown): return .unknown(reason: unknown.reason)
    case .success(let profile): return .estimate(profile.estimate(model))
    }
  }
}

extension CostModel.Profile {
  fileprivate func estimate(_ model: Model) -> CostEstimate {
    let trips = LoopTrips(model)
    let operators = model.graphs.enumerated().flatMap { index, graph in
      graph.nodes.enumerated().map {
        cost(of: $1, NodeID($0), in: graph, GraphID(index), runs: trips.runs[index])
      }
    }
    let cycles = operators.reduce(CostRange.zero) { $0 + $1.cycles }
    return CostEstimate(
      cycles: cycles, milliseconds: milliseconds(cycles), millijoules: millijoules(cycles),
      operators: operators, conditions: conditions, uncertainty: uncertainty(for: model, trips))
  }

  private func cost(
    of node: Node, _ id: NodeID, in graph: Graph, _ graphID: GraphID, runs: Int?
  ) -> CostEstimate.Operator {
    let work = OperatorWork(node, in: graph)
    let cycles = cycles(for: work) * Double(runs ?? 1)
    return CostEstimate.Operator(
      graph: graphID, node: id, name: node.code.name, runs: runs, macs: work.macs, bytes: work.bytes,
      cycles: cycles,
      milliseconds: milliseconds(cycles), millijoules: millijoules(cycles))
  }

  private func cycles(for work: OperatorWork) -> CostRange {
    let isOptimized = processor.isServed(by: kernels)
    guard work.macs > 0 else {
      let rate = isOptimized ? ProcessorClass.optimizedBytes : ProcessorClass.referenceBytes
      return rate * Double(work.bytes)
    }
    let factor = work.isDepthwise ? ProcessorClass.depthwiseFactor : 1
    switch work.arithmetic {
    case .int8:
      let rate = isOptimized ? processor.optimizedInt8 * factor : processor.referenceInt8
      return rate * Double(work.macs)
    case .int16: return int16Rate(isOptimized: isOptimized, factor) * Double(work.macs)
    case .float32: return processor.float32(hasFPU: hasFPU) * Double(work.macs)
    }
  }

  /// Not measured publicly. CMSIS-NN has kernels for int16 activations, ESP-NN has none.
  private func int16Rate(isOptimized: Bool, _ factor: Double) -> CostRange {
    isOptimized && kernels == .cmsisNN
      ? processor.optimizedInt8 * CostRange(0.8, 1.5, 3) * factor
      : processor.referenceInt8 * CostRange(0.8, 1, 1.3)
  }

  private func milliseconds(_ cycles: CostRange) -> CostRange { cycles * (0.001 / Double(clockMHz)) }

  private func millijoules(_ cycles: CostRange) -> CostRange? {
    processor.nanojoulesPerCycle.map { cycles * $0 * 1e-6 }
  }

  private var conditions: String { "\(kernels.rawValue), \(clockMHz) MHz" }

  private func uncertainty(for model: Model, _ trips: LoopTrips) -> String {
    let nodes = model.graphs.lazy.flatMap(\.nodes)
    let unknown = nodes.count { Registry.operator(for: $0.code) == nil }
    let isLoopUnknown = trips.runs.contains(nil)
    var text =
      "an estimate for one core from public measurements of whole inferences on the class \(processor.rawValue), not a measurement; "
      + "the range spans the libraries' versions and models that were measured, and is wide where none was; "
      + "waiting for slow flash or external RAM, debug builds and accelerators are outside it"
    if isLoopUnknown { text += "; the body of a loop whose turns depend on data is counted once" }
    if unknown > 0 { text += "; \(unknown) unknown operators count only as bytes moved" }
    return text
  }
}
