/// What a run of a zoo is to do.
package struct ZooSettings: Sendable {
  /// The nnopt that is run for every result.
  package var executable: String
  /// Its version, which results rest on.
  package var version: String
  package var roots: [String]
  package var output: String
  package var boards: [ZooBoard]
  /// Options of every command that say which boards there are: `--boards FILE`.
  package var boardOptions: [String] = []
  package var isOptimizing = false
  /// Options of `nnopt optimize`, or of `nnopt plan` where nothing is optimized, for models that the configuration does
  /// not name.
  package var options: [String] = []
  package var configuration = ZooConfiguration()
  package var jobs = 1
  /// Bytes that all jobs together may be expected to take.
  package var memoryBytes = 1 << 31
  /// Seconds that one command may take.
  package var seconds = 600
  package var shard = Shard.all
  /// Ends the run from outside.
  package var stop = ZooStop()

  package init(
    executable: String, version: String, roots: [String], output: String, boards: [ZooBoard]
  ) {
    (self.executable, self.version, self.roots) = (executable, version, roots)
    (self.output, self.boards) = (output, boards)
  }

  /// A part of a zoo, for one of several machines: the models whose names' digests fall into it.
  package struct Shard: Sendable, Equatable {
    /// From 0.
    package let index: Int
    package let count: Int

    package static let all = Shard(index: 0, count: 1)

    package init(index: Int, count: Int) { (self.index, self.count) = (index, count) }

    /// `2/8`, counted from 1; nil for what is none.
    package init?(_ text: String) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let index = parts[0], let count = parts[1], (1...10_000).contains(count),
        (1...count).contains(index)
      else { return nil }
      self.init(index: index - 1, count: count)
    }

    /// Whether a model belongs to the part: equal for equal names and bytes on every machine.
    func contains(name: String, digest: String) -> Bool {
      guard count > 1 else { return true }
      let number = Int(Digest.text(of: [name, digest]).prefix(12), radix: 16) ?? 0
      return number % count == index
    }
  }
}
