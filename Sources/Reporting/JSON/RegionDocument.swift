import Passes

/// The key `regions` of `nnopt plan --json`; the names of its keys are an interface.
struct RegionDocument: Encodable {
  let fits: Bool
  /// What is missing.
  let shortage: String?
  let regions: [Region]
  /// Bytes that operators move into and out of tensors in one inference.
  let trafficBytes: Int?
  /// Whether no choice of regions keeps more traffic in faster ones.
  let proved: Bool?
  let tensors: [Tensor]?
  let scratch: [Scratch]?

  struct Region: Encodable {
    let name: String
    let capacityBytes: Int
    let usedBytes: Int?
    let tensors: Int?
    let trafficBytes: Int?
  }

  struct Tensor: Encodable {
    let graph: Int
    let tensor: Int
    let name: String
    let region: String
    let offset: Int
    let bytes: Int
    let trafficBytes: Int
  }

  struct Scratch: Encodable {
    let graph: Int
    let `operator`: Int
    let region: String
    let offset: Int
    let bytes: Int
  }

  init(_ report: RegionReport) {
    fits = report.shortage == nil
    shortage = report.shortage
    let plan = report.plan
    regions = report.regions.enumerated().map { index, region in
      let used = plan?.regions[index]
      return Region(
        name: region.name, capacityBytes: region.byteCount, usedBytes: used?.usedBytes,
        tensors: used?.tensorCount, trafficBytes: used?.trafficBytes)
    }
    trafficBytes = plan?.trafficBytes
    proved = plan?.isProved
    tensors = plan.map { plan in
      zip(plan.tensors, report.names).map { tensor, name in
        Tensor(
          graph: tensor.graph.index, tensor: tensor.value.index, name: name,
          region: plan.regions[tensor.region].name, offset: tensor.offset, bytes: tensor.byteCount,
          trafficBytes: tensor.trafficBytes)
      }
    }
    scratch = plan.map { plan in
      plan.scratch.map {
        Scratch(
          graph: $0.graph.index, operator: $0.node.index, region: plan.regions[$0.region].name,
          offset: $0.offset, bytes: $0.byteCount)
      }
    }
  }
}
