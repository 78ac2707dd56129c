/// Bytes of the runtime's own structures on one ABI.
///
/// Read off TFLM's headers, compiled for each; those of the first two are confirmed by measured arenas.
struct RuntimeStructures: Sendable {
  let abi: TargetABI

  init(_ abi: TargetABI) { self.abi = abi }

  /// Alignment of structures that hold pointers.
  var pointerAlignment: Int { abi.pointerBytes }

  var evalTensor: Int { Self.evalTensors[abi] }
  var tensor: Int { Self.tensors[abi] }
  var affineQuantization: Int { Self.affineQuantizations[abi] }
  var nodeAndRegistration: Int { Self.nodesAndRegistrations[abi] }
  var subgraphAllocations: Int { Self.subgraphAllocationSizes[abi] }
  var scratchHandle: Int { abi.pointerBytes }
  var scratchRequest: Int { Self.scratchRequests[abi] }
  var allocationInfo: Int { Self.allocationInfos[abi] }
  var resourceTable: Int { Self.resourceTables[abi] }
  var resourceVariable: Int { Self.resourceVariables[abi] }
  var parameterAllocator: Int { 2 * abi.pointerBytes }

  /// The objects that the allocator makes of itself first: arena, planner, allocator.
  func allocators(isRecording: Bool) -> [Int] {
    isRecording
      ? [Self.recordingArenas[abi], Self.planners[abi], Self.recordingAllocators[abi]]
      : [Self.arenas[abi], Self.planners[abi], Self.allocators[abi]]
  }

  /// Requests for scratch buffers that the runtime keeps room for, beyond those made.
  static let spareScratchRequests = 12

  private static let evalTensors = StructureSize(24, 12)
  private static let tensors = StructureSize(64, 32, 40)
  private static let affineQuantizations = StructureSize(24, 12)
  private static let nodesAndRegistrations = StructureSize(64, 32)
  private static let subgraphAllocationSizes = StructureSize(24, 8)
  private static let scratchRequests = StructureSize(16, 12)
  private static let allocationInfos = StructureSize(32, 24)
  private static let resourceTables = StructureSize(16, 12)
  private static let resourceVariables = StructureSize(40, 20)
  private static let arenas = StructureSize(72, 36)
  private static let planners = StructureSize(72, 44)
  private static let allocators = StructureSize(72, 36)
  private static let recordingArenas = StructureSize(104, 52)
  private static let recordingAllocators = StructureSize(272, 124)
}
