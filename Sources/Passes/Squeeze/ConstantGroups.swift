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

  /// Rounds in which channels go, so that the work is bounded however long a chain of unread layers is.
  private static let roundLimit = 64

  /// - Parameter columns: those of `ranges.mixingLayers`.
  init(_ graph: Graph, _ ranges: ChannelRanges, _ columns: [LayerColumns], _ links: ChannelLinks) {
    (self.ranges, self.columns) = (ranges, columns)
    let mixing = ranges.mixingLayers
    for (index, layer) in mixing.enumerated() { readers[layer.input, default: []].append(index) }
    let writers = Dictionary(mixing.enumerated().map { ($1.output, $0) }, uniquingKeysWith: { $1 })
    var counts = graph.values.map { ChannelLinks.channelCount(of: $0) }
    var groups = links.groups
    // What a layer that loses outputs read may be read by nobody then.
    for _ in 0..<Self.roundLimit {
      let found = Self.keepingOneOfEach(groups.filter { need(of: $0, in: graph) == nil }, &counts)
      guard !found.isEmpty else { break }
      removable += found
      let gone = Set(found.map(\.id))
      groups.removeAll { gone.contains($0.id) }
      var lost: [Int: Set<Int>] = [:]
      for member in found.flatMap(\.members) {
        if let layer = writers[member.value] { lost[layer, default: []].insert(member.channel) }
      }
      for (layer, outputs) in lost { self.columns[layer].lose(outputs) }
    }
    refusals = refusals(of: groups, links.refusals, links, graph)
  }

  /// Why constant channels stay, by the first tensor that has them.
  private mutating func refusals(
    of groups: [ChannelLinks.Group], _ kept: [ChannelLinks.Refusal], _ links: ChannelLinks, _ graph: Graph
  ) -> [(value: ValueID, reason: String)] {
    var blocked: [ValueID: (count: Int, reason: String)] = [:]
    for group in groups {
      let constant = group.members.first {
        !graph[$0.value].isConstant && ranges.constant($0.value, $0.channel) != nil
      }
      guard let constant, let need = need(of: group, in: graph) else { continue }
      let reason = need.layer.map { "\(graph.title(of: $0)) \(need.reason)" } ?? need.reason
      blocked[constant.value, default: (0, reason)].count += 1
    }
    for refusal in kept where blocked[refusal.value] == nil {
      let count = links.channels(of: refusal.value).count { ranges.constant(refusal.value, $0) != nil }
      if count > 0 { blocked[refusal.value] = (count, refusal.reason) }
    }
    return blocked.sorted { $0.key < $1.key }.map { value, found in
      (value, "\(found.count) constant channels stay: \(found.reason)")
    }
  }

  /// Channels that go, by the first tensor of their groups.
  var counts: [(value: ValueID, count: Int)] { ChannelLinks.Group.counts(of: removable) }

  /// Why a group must stay, and the layer of which that is said; nil where it can go.
  private mutating func need(
    of group: ChannelLinks.Group, in graph: Graph
  ) -> (layer: NodeID?, reason: String)? {
    for member in group.members {
      if ranges.unknownReaders.contains(member.value) {
        return (nil, "a layer reads them that nnopt cannot compute")
      }
      for reader in readers[member.value] ?? [] {
        let constant = ranges.constant(member.value, member.channel)
        if let need = columns[reader].release(member.channel, constant: constant, in: graph) {
          return (columns[reader].layer.node, need.rawValue)
        }
      }
    }
    return nil
  }

  /// Leaves every tensor a channel, where all would go, and counts what is left.
  private static func keepingOneOfEach(
    _ groups: [ChannelLinks.Group], _ counts: inout [Int]
  ) -> [ChannelLinks.Group] {
    for member in groups.flatMap(\.members) { counts[member.value.index] -= 1 }
    var emptied = Set(groups.flatMap(\.members).map(\.value).filter { counts[$0.index] == 0 })
    return groups.filter { group in
      guard group.members.contains(where: { emptied.contains($0.value) }) else { return true }
      for member in group.members {
        emptied.remove(member.value)
        counts[member.value.index] += 1
      }
      return false
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
