import GraphIR

/// Channels that a graph can do without: those whose number is known, and those that hold what others hold.
struct SqueezableChannels {
  /// The weights and biases of layers.
  let weights: Set<ValueID>
  let constants: ConstantGroups?
  let twins: TwinGroups?

  /// - Returns: nil where there are none, or too many channels to follow.
  init?(_ graph: Graph) {
    guard ChannelLinks.canFollow(graph) else { return nil }
    let ranges = ChannelRanges(graph)
    let equal = ChannelTwins(graph, ranges)
    let columns = ranges.mixingLayers.map(LayerColumns.init)
    let mayBeConstant = ranges.hasConstant || columns.contains(where: \.hasUnread)
    guard mayBeConstant || equal.hasAny, let links = ChannelLinks(graph) else { return nil }
    weights = ranges.weights
    constants = mayBeConstant ? ConstantGroups(graph, ranges, columns, links) : nil
    twins = equal.hasAny ? TwinGroups(links.groups, without: constants?.removable ?? [], ranges, equal) : nil
  }

  var removable: [ChannelLinks.Group] { (constants?.removable ?? []) + (twins?.removable ?? []) }
}
