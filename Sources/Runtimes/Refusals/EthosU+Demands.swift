import GraphIR
import Tensors

/// What the kernel of `ethos-u` and the command streams behind it demand (`ethosu.cc` of August 2026).
enum EthosUDemands {
  static func first(at site: RefusalSite) -> Refusal? {
    guard !site.node.inputs.isEmpty, site.input(0) != nil else {
      return site.refuse(.operands, "has no command stream", remedy)
    }
    guard let options = site.node.customOptions?.bytes, !options.isEmpty else {
      return site.refuse(.options, "needs its options, which the file leaves out", remedy)
    }
    guard isEthosU(options) else {
      return site.refuse(.options, "takes options of another kind than the file has", remedy)
    }
    return plan(site)
  }

  /// The root of the options, a FlexBuffer, is the number 1: its last bytes are value, type and width.
  private static func isEthosU(_ options: [UInt8]) -> Bool {
    guard options.count >= 3, let width = options.last, width > 0, Int(width) + 2 <= options.count
    else {
      return false
    }
    return options[options.count - 2 - Int(width)] == 1
  }

  /// Without offsets from the file the tensors are elsewhere than the command stream takes them to be.
  private static func plan(_ site: RefusalSite) -> Refusal? {
    let offsets = site.offsets ?? OfflineOffsets(of: site.model)
    if let fault = offsets.fault {
      return Refusal(kind: .offlinePlan, problem: "\(fault), and TFLM refuses that", remedy: remedy)
    }
    guard offsets.plan != nil else {
      return site.misreads(
        .offlinePlan,
        "addresses its tensors by the offsets that Vela gave them, and the file has none",
        remedy)
    }
    let operands = site.node.inputs.dropFirst(2).compactMap(\.self) + site.node.outputs
    let unplaced = operands.first { id in
      site.graph.values.indices.contains(id.index) && !site.graph[id].isConstant
        && site.graph[id].byteCount > 0 && offsets.offset(of: id, in: site.graphIndex) == nil
    }
    return unplaced.flatMap {
      site.misreads(
        .offlinePlan,
        "addresses \(site.graph.title(of: $0)) by the offset that Vela gave it, and the file has none for it",
        remedy)
    }
  }

  private static let remedy = "Compile the model with Vela again."
}

/// The offsets that a model brings, read once for all its operators.
struct OfflineOffsets {
  let plan: OfflinePlan?
  let fault: OfflinePlanError?
  private let first: [Int]

  init(of model: Model) {
    first = OfflinePlan.firstTensors(of: model)
    do throws(OfflinePlanError) { (plan, fault) = (try OfflinePlan.read(from: model), nil) } catch {
      (plan, fault) = (nil, error)
    }
  }

  func offset(of value: ValueID, in graph: Int) -> Int? {
    plan?.offsets[first[graph] + value.index]
  }
}
