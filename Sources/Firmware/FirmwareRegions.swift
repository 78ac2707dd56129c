/// Which memory each tensor is in, for programs that place tensors themselves.
package struct FirmwareRegions: Sendable, Equatable {
  /// The memories, the fastest first.
  package let regions: [Region]
  package let tensors: [Tensor]
  package let scratch: [Scratch]

  package init(regions: [Region], tensors: [Tensor], scratch: [Scratch]) {
    self.regions = regions
    self.tensors = tensors
    self.scratch = scratch
  }

  package struct Region: Sendable, Equatable {
    package let name: String
    package let capacityBytes: Int
    /// The end of what is placed there.
    package let usedBytes: Int

    package init(name: String, capacityBytes: Int, usedBytes: Int) {
      self.name = name
      self.capacityBytes = capacityBytes
      self.usedBytes = usedBytes
    }
  }

  package struct Tensor: Sendable, Equatable {
    let subgraph: Int
    /// Position in the subgraph's tensors.
    let index: Int
    let name: String
    /// Position in the regions.
    let region: Int
    /// Bytes from the region's start.
    let offset: Int
    let byteCount: Int

    package init(subgraph: Int, index: Int, name: String, region: Int, offset: Int, byteCount: Int) {
      self.subgraph = subgraph
      self.index = index
      self.name = name
      self.region = region
      self.offset = offset
      self.byteCount = byteCount
    }
  }

  /// What an operator's kernel needs while it runs.
  package struct Scratch: Sendable, Equatable {
    let subgraph: Int
    /// Position in the subgraph's operators.
    let node: Int
    /// Position in the regions.
    let region: Int
    /// Bytes from the region's start.
    let offset: Int
    let byteCount: Int

    package init(subgraph: Int, node: Int, region: Int, offset: Int, byteCount: Int) {
      self.subgraph = subgraph
      self.node = node
      self.region = region
      self.offset = offset
      self.byteCount = byteCount
    }
  }
}
