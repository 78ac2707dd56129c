import Planning
import Workflows

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
      Region(
        name: region.name, capacityBytes: region.capacityBytes ?? 0, usedBytes: plan?.pools[index].usedBytes,
        tensors: plan?.tensorCount(in: index), trafficBytes: plan?.trafficBytes(in: index))
    }
    trafficBytes = plan?.trafficBytes()
    proved = plan?.spread?.isProved
    tensors = plan.map { plan in
      zip(plan.buffers, report.names).compactMap { buffer, name in
        buffer.tensor.map { place in
          Tensor(
            graph: place.graph.index, tensor: place.value.index, name: name,
            region: plan.pools[buffer.pool].name, offset: buffer.offset, bytes: buffer.byteCount,
            trafficBytes: buffer.trafficBytes)
        }
      }
    }
    scratch = plan.map { plan in
      plan.buffers.compactMap { buffer in
        buffer.owner.map { owner in
          Scratch(
            graph: owner.graph.index, operator: owner.node.index, region: plan.pools[buffer.pool].name,
            offset: buffer.offset, bytes: buffer.byteCount)
        }
      }
    }
  }
}
