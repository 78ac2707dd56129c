import Foundation

/// `Reports/joint-optimization.md`.
struct JointReport {
  let model: String
  /// By file name; nil where none are named.
  let published: [String: PublishedModel]?
  let rows: [(JointRow, OptimizeTool.Outcome?)]
  /// The search with one half of the test images, and that with all.
  let half: Search
  let whole: Search
  /// The picture's file name.
  let picture: String?

  struct Search {
    let found: OptimizeTool.Found
    /// The front's members, and what all test images say of them.
    let front: [(OptimizeTool.Found.Member, OptimizeTool.Accuracy)]
  }

  /// Members of the front that lose more points are left out.
  private static let deepest = 3.0
  /// What the search has to find: bytes at most, top-1 at least.
  private static let bars = [(bytes: 22_480, top1: 0.8921), (bytes: 13_488, top1: 0.8866)]

  var text: String {
    let parts = [
      "# Joint optimization", introduction, "## Pass by pass, and in sequence", rowTable, notes,
      "## The search, judged by images it has not seen", halfText,
      picture.map { "![size and accuracy](\($0))" } ?? "", frontTable(half), marks(half),
      "## The search with all test images", wholeText, frontTable(whole), marks(whole),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var introduction: String {
    """
    Made by `Scripts/benchmark joint` (release build) from \(model).tflite alone, a float32 model, without training: every file \
    is what `nnopt optimize` makes with the options shown and `--calibrate calib_images.npy --scale 0.00392156862745098`. \
    Top-1 is of the 10,000 test images of Fashion-MNIST. The arena is what stock TFLM takes for the planned file (reference \
    kernels on a 32-bit processor); \
    in parentheses, for files that TFLM has no kernels for, what the tensors take. Seconds are of the whole run of \
    `nnopt optimize`, on two cores that others used too.
    """
  }

  private var rowTable: String {
    let hasPeers = published != nil
    let heads =
      (hasPeers ? ["published as", "B", "top-1"] : []) + ["what", "options", "B", "top-1", "arena B", "s"]
    let lines = rows.map { row, outcome in
      let peer = row.file.flatMap { published?[$0] }
      var cells: [String] = []
      if hasPeers {
        cells += [
          row.file.map { $0.split(separator: "_").prefix(3).joined(separator: "_") } ?? "",
          peer.map { "\($0.bytes)" } ?? "", peer.map { Self.share($0.top1) } ?? "",
        ]
      }
      return cells + [row.family] + self.cells(row, outcome)
    }
    return Self.table(heads, lines, textColumns: hasPeers ? [0, 3, 4] : [0, 1])
  }

  private func cells(_ row: JointRow, _ outcome: OptimizeTool.Outcome?) -> [String] {
    guard let outcome else { return ["needs training: no counterpart", "", "", "", ""] }
    let options = Self.code(row.options)
    let isHybrid = row.options.contains("dynamic") || row.options.contains("float16")
    return [
      options + (outcome.isIdle ? " *" : ""), "\(outcome.bytes)", Self.share(outcome.accuracy.all),
      isHybrid ? "(\(outcome.arenaBytes))" : "\(outcome.arenaBytes)", String(format: "%.1f", outcome.seconds),
    ]
  }

  private var notes: String {
    let isIdle = rows.contains { $0.1?.isIdle == true }
    return """
      Published pruning sets weights to zero and keeps the file's size; nnopt's takes channels out. Published \
      operations were chosen before training; nnopt splits the trained layers.\
      \(isIdle ? " \\*: a pass found nothing to do." : "")
      """
  }

  private var halfText: String {
    """
    `nnopt optimize --search --strip` with \(half.found.budget) sequences, seed \(half.found.seed), and the *first* \(JointBenchmark.seenCount) test images; \
    \(String(format: "%.0f", half.found.seconds ?? 0)) s. The front has \(half.front.count) members; those within \
    \(String(format: "%.0f", Self.deepest)) points of the original are below, and the options with `--strip` make the same files. The search \
    chose by the images of the column "seen", so that its figures there are somewhat too good; "unseen" are the last 5,000, \
    which had no part in any choice. The original has \(Self.share(half.found.before.top1)) on those seen.
    """
  }

  private var wholeText: String {
    """
    The same with all 10,000 test images, as the published figures are of these; \
    \(String(format: "%.0f", whole.found.seconds ?? 0)) s. What is chosen and what it is judged by are the same images here: \
    the best of \(whole.found.budget) is somewhat too good.
    """
  }

  private func frontTable(_ search: Search) -> String {
    let heads = ["options", "B", "arena B", "MACs", "all", "seen", "unseen", "best for"]
    let shown = search.front.filter { $0.0.top1 >= search.found.before.top1 - Self.deepest / 100 }
    let lines = shown.map { member, accuracy in
      let goals = search.found.best.keys.sorted().filter { search.found.best[$0]?.options == member.options }
      return [
        Self.code(member.options), "\(member.fileBytes)", "\(member.arenaBytes)", "\(member.macs)",
        Self.share(accuracy.all), Self.share(accuracy.seen), Self.share(accuracy.unseen),
        goals.joined(separator: ", "),
      ]
    }
    return Self.table(heads, lines, textColumns: [0, 7])
  }

  private func marks(_ search: Search) -> String {
    let lines = Self.bars.map { bar in
      let fitting = search.front.filter { $0.0.fileBytes <= bar.bytes }
      let wanted = "at most \(bar.bytes) B at \(Self.share(bar.top1)) or more"
      guard let best = fitting.max(by: { ($0.1.all, -$0.0.fileBytes) < ($1.1.all, -$1.0.fileBytes) }) else {
        return "- \(wanted): no such file."
      }
      let verdict = best.1.all >= bar.top1 ? "reached" : "not reached"
      return
        "- \(wanted): \(verdict), \(best.0.fileBytes) B at \(Self.share(best.1.all)) (\(Self.code(best.0.options + ["--strip"])))."
    }
    return "Marks, by all test images:\n\n" + lines.joined(separator: "\n")
  }

  private static func code(_ options: [String]) -> String {
    options.isEmpty ? "(none)" : "`\(options.joined(separator: " "))`"
  }

  private static func share(_ top1: Double) -> String { String(format: "%.4f", top1) }

  private static func table(_ heads: [String], _ lines: [[String]], textColumns: Set<Int>) -> String {
    let rule = heads.indices.map { textColumns.contains($0) ? "---" : "--:" }
    return ([heads, rule] + lines).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}
