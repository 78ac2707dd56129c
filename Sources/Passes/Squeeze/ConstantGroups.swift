import GraphIR
import Operators
import Tensors

/// Which groups of channels can leave a graph without a trace, and what the layers behind them add to their biases.
struct ConstantGroups {
  /// Groups that can go.
  private(set) var removable: [ChannelLinks.Group] = []
  /// Constant channels that stay, by tensor, and why: a sentence.
  private(set) var refusals: [(value: ValueID, reason: String)] = []

  private let ranges: ChannelRanges
  private var columns: [LayerColumns]
  /// Layers by the tensor whose channels they mix.
  private var readers: [ValueID: [Int]] = [:]

  /// - Returns: nil where the graph has too many channels to follow.
  init?(_ graph: Graph) {
    guard let links = ChannelLinks(graph) else { return nil }
    ranges = ChannelRanges(graph)
    // A depthwise layer ties channels, unless it spreads one over all of its own.
    let mixing = ranges.layers.filter { !$0.isDepthwise || $0.inputCount == 1 }
    columns = mixing.map(LayerColumns.init)
    for (index, layer) in mixing.enumerated() { readers[layer.input, default: []].append(index) }
    var blocked: [ValueID: (count: Int, reason: String)] = [:]
    for group in links.groups {
      guard let reason = blocking(group, in: graph) else {
        removable.append(group)
        continue
      }
      let constant = group.members.first {
        !graph[$0.value].isConstant && ranges.constant($0.value, $0.channel) != nil
      }
      if let constant { blocked[constant.value, default: (0, reason)].count += 1 }
    }
    keepOneOfEach(graph)
    for refusal in links.refusals where blocked[refusal.value] == nil {
      let count = links.channels(of: refusal.value).count { ranges.constant(refusal.value, $0) != nil }
      if count > 0 { blocked[refusal.value] = (count, refusal.reason) }
    }
    refusals = blocked.sorted { $0.key < $1.key }.map { value, found in
      (value, "\(found.count) constant channels stay: \(found.reason)")
    }
  }

  /// Channels that go, by the first tensor of their groups.
  var counts: [(value: ValueID, count: Int)] {
    var counts: [ValueID: Int] = [:]
    for group in removable { counts[group.family, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { (value: $0.key, count: $0.value) }
  }

  /// Why a group must stay; nil where it can go.
  private mutating func blocking(_ group: ChannelLinks.Group, in graph: Graph) -> String? {
    for member in group.members {
      for reader in readers[member.value] ?? [] {
        let constant = ranges.constant(member.value, member.channel)
        if let reason = columns[reader].release(member.channel, constant: constant, in: graph) {
          return reason
        }
      }
    }
    return nil
  }

  /// Leaves every tensor a channel, where all would go.
  private mutating func keepOneOfEach(_ graph: Graph) {
    var counts = graph.values.map { ChannelLinks.channelCount(of: $0) }
    for member in removable.flatMap(\.members) { counts[member.value.index] -= 1 }
    var emptied = Set<ValueID>()
    for member in removable.flatMap(\.members) where counts[member.value.index] == 0 {
      emptied.insert(member.value)
    }
    removable.removeAll { group in
      guard group.members.contains(where: { emptied.contains($0.value) }) else { return false }
      for member in group.members { emptied.remove(member.value) }
      return true
    }
  }

  /// Puts what the channels that go add to sums into the biases of the layers that read them.
  func folding(in graph: Graph) -> GraphEdit {
    var lost: [Int: [(channel: Int, constant: Double)]] = [:]
    for member in removable.flatMap(\.members) {
      guard let constant = ranges.constant(member.value, member.channel) else { continue }
      for reader in readers[member.value] ?? [] {
        lost[reader, default: []].append((member.channel, constant))
      }
    }
    var edit = GraphEdit(of: graph)
    for (reader, channels) in lost.sorted(by: { $0.key < $1.key }) {
      columns[reader].fold(channels, into: &edit)
    }
    return edit
  }
}
