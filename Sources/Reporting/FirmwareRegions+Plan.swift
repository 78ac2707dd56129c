package import Firmware
package import GraphIR
package import Passes

extension FirmwareRegions {
  /// The table of a plan of a model.
  package init(_ plan: RegionPlan, of model: Model) {
    self.init(
      regions: plan.regions.map {
        Region(name: $0.name, capacityBytes: $0.capacityBytes, usedBytes: $0.usedBytes)
      },
      tensors: plan.tensors.map {
        Tensor(
          subgraph: $0.graph.index, index: $0.value.index,
          name: model.graphs[$0.graph.index][$0.value].name ?? "", region: $0.region, offset: $0.offset,
          byteCount: $0.byteCount)
      },
      scratch: plan.scratch.map {
        Scratch(
          subgraph: $0.graph.index, node: $0.node.index, region: $0.region, offset: $0.offset,
          byteCount: $0.byteCount)
      })
  }
}
