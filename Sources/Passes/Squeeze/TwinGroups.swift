import GraphIR
import Tensors

/// Which groups of equal channels become fewer, and the weights of the layers behind them that take the sum.
///
/// What k equal channels add to a sum is their number times the sum of their weights, which as many channels carry as
/// the type of the weights needs: one of floats, ⌈|Σ w| / 127⌉ of int8.
struct TwinGroups {
  /// Groups that go.
  private(set) var removable: [ChannelLinks.Group] = []
  /// Layers by the tensor whose channels they mix.
  private let readers: [ValueID: [StoredLayer]]
  /// Groups that are equal, of which the first `kept` stay.
  private var bundles: [(groups: [ChannelLinks.Group], kept: Int)] = []

  /// - Parameter gone: groups that are no longer there.
  /// - Returns: nil where no channel goes.
  init?(
    _ groups: [ChannelLinks.Group], without gone: [ChannelLinks.Group], _ ranges: ChannelRanges,
    _ twins: ChannelTwins
  ) {
    readers = Dictionary(grouping: ranges.mixingLayers, by: \.input)
    let gone = Set(gone.map(\.id))
    var order: [[Int]] = []
    var equal: [[Int]: [ChannelLinks.Group]] = [:]
    for group in groups
    where !gone.contains(group.id)
      && !group.members.contains(where: { ranges.unknownReaders.contains($0.value) })
    {
      let key = group.members.flatMap { [$0.value.index, twins.first($0.value, $0.channel)] }
      if equal[key] == nil { order.append(key) }
      equal[key, default: []].append(group)
    }
    for groups in order.compactMap({ equal[$0] }) where groups.count > 1 {
      let kept = needed(for: groups)
      guard kept < groups.count else { continue }
      bundles.append((groups, kept))
      removable += groups[kept...]
    }
    if removable.isEmpty { return nil }
  }

  /// Channels that go, by the first tensor of their groups.
  var counts: [(value: ValueID, count: Int)] { ChannelLinks.Group.counts(of: removable) }

  /// Whether all sums of weights are those of integers.
  var isExact: Bool { !readers.values.joined().contains(where: \.isFloat) }

  /// How many of equal groups the layers behind need.
  private func needed(for groups: [ChannelLinks.Group]) -> Int {
    var most = 1
    forEachSum(of: groups) { layer, sum, _ in most = max(most, layer.channelsCarrying(sum)) }
    return most
  }

  /// Calls back with every sum of weights that meet the same member of all groups.
  private func forEachSum(
    of groups: [ChannelLinks.Group], _ body: (StoredLayer, Double, _ indices: [Int]) -> Void
  ) {
    for (index, member) in (groups.first?.members ?? []).enumerated() {
      let channels = groups.map { $0.members[index].channel }
      for layer in readers[member.value] ?? [] {
        for start in stride(from: 0, to: layer.outputCount * layer.rowLength, by: layer.inputCount) {
          let indices = channels.map { start + $0 }
          body(layer, indices.reduce(0) { $0 + layer.weight(at: $1) }, indices)
        }
      }
    }
  }

  /// Gives the channels that stay the weights of those that go.
  func folding(in graph: Graph) -> GraphEdit {
    var weights: [ValueID: [Double]] = [:]
    for bundle in bundles {
      forEachSum(of: bundle.groups) { layer, sum, indices in
        var rest = sum
        for index in indices.prefix(bundle.kept) {
          let part = layer.carried(of: rest)
          weights[layer.filter, default: layer.storedWeights][index] = layer.stored(part)
          rest -= part
        }
      }
    }
    var edit = GraphEdit(of: graph)
    for (filter, numbers) in weights {
      edit[filter].data = TensorData(edit[filter].elementType.bytes(of: numbers))
    }
    return edit
  }
}
