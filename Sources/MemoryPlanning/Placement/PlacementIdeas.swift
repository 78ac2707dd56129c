/// Ideas of the search for offsets. Each can be left out, which shows what it is worth, as in minimalloc (Moffitt,
/// 2023); whatever is left out, placements stay valid and bounds stay bounds.
package struct PlacementIdeas: OptionSet, Sendable, Hashable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Place buffers by size, area, conflicts, lifetime, start and end; without, in the given sequence only.
  package static let greedy = PlacementIdeas(rawValue: 1 << 0)
  /// Improve the best sequence step by step.
  package static let climb = PlacementIdeas(rawValue: 1 << 1)
  /// Take buffers that may have one address for one buffer.
  package static let mergedEquals = PlacementIdeas(rawValue: 1 << 2)
  /// Search stretches of time apart between which nothing is live.
  package static let independentParts = PlacementIdeas(rawValue: 1 << 3)
  /// Try to reach the bound first, with several rankings.
  package static let portfolio = PlacementIdeas(rawValue: 1 << 4)
  /// Place by rising offset, and at one offset by rank: one way to each placement.
  package static let canonicalOrder = PlacementIdeas(rawValue: 1 << 5)
  /// End a branch where the bytes left in a section of time reach the limit.
  package static let sectionBound = PlacementIdeas(rawValue: 1 << 6)
  /// Place no buffer where another would fit beneath.
  package static let dominance = PlacementIdeas(rawValue: 1 << 7)
  /// Place the first of equal buffers first.
  package static let equalBuffers = PlacementIdeas(rawValue: 1 << 8)
  /// Search buffers apart that no other one connects any more.
  package static let connectedParts = PlacementIdeas(rawValue: 1 << 9)

  /// Search by valleys of the skyline where nothing overlaps; without, by rising offset as with overlaps.
  package static let valleys = PlacementIdeas(rawValue: 1 << 10)
  /// Go on where the fewest buffers can stand; without, in the lowest valley.
  package static let fewestChoices = PlacementIdeas(rawValue: 1 << 11)
  /// Remember the states from which there is no way on.
  package static let repeatedStates = PlacementIdeas(rawValue: 1 << 12)

  /// Decide which of two buffers stands below the other, where there are overlaps or fixed offsets; without, by rising
  /// offset.
  package static let orientations = PlacementIdeas(rawValue: 1 << 13)

  /// Prefer sections that had no room left more often, over all restarts (Boussemart et al., "Boosting systematic
  /// search by weighting constraints", 2004).
  package static let weights = PlacementIdeas(rawValue: 1 << 14)
  /// Restart after Luby's sequence, with rankings that chance varies; without, after ever longer runs.
  package static let restarts = PlacementIdeas(rawValue: 1 << 15)
  /// End a branch where the raised buffers of a section have no room above where they can start.
  package static let raisedStarts = PlacementIdeas(rawValue: 1 << 16)

  /// Place the buffers of crowded times first, as a problem of their own.
  package static let pressedFirst = PlacementIdeas(rawValue: 1 << 17)

  /// Prove first what a few steps around the peak need.
  package static let peakWindows = PlacementIdeas(rawValue: 1 << 18)

  package static let all = PlacementIdeas(rawValue: (1 << 19) - 1)

  /// Every idea with its name.
  package static let named: [(name: String, idea: PlacementIdeas)] = [
    ("greedy", .greedy), ("climb", .climb), ("merged equals", .mergedEquals),
    ("independent parts", .independentParts), ("portfolio", .portfolio), ("canonical order", .canonicalOrder),
    ("section bound", .sectionBound), ("dominance", .dominance), ("equal buffers", .equalBuffers),
    ("connected parts", .connectedParts), ("valleys", .valleys), ("fewest choices", .fewestChoices),
    ("repeated states", .repeatedStates), ("orientations", .orientations), ("weights", .weights),
    ("restarts", .restarts), ("raised starts", .raisedStarts), ("pressed first", .pressedFirst),
    ("peak windows", .peakWindows),
  ]
}
