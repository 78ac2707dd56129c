internal import Files

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// One model, on all boards.
struct ModelJob {
  let settings: ZooSettings
  let model: ModelFinder.Found
  /// A folder of this run's own.
  let folder: String
  /// Tells the job's temporary files from others'.
  let number: Int
  let dataDigest: (String) -> String

  private var options: [String] { settings.configuration.options(for: model.name) ?? settings.options }

  private var copy: String { "\(folder)/\(number).tflite" }

  private var command: ZooCommand {
    ZooCommand(
      executable: settings.executable, seconds: settings.seconds, folder: folder, stop: settings.stop)
  }

  /// What a result rests on: another one is of another model, board, nnopt, or of other options or data.
  func key(digest: String, board: ZooBoard) -> String {
    let words = options + settings.boardOptions
    return Digest.text(
      of: ["\(ZooDatabase.form)", settings.version, digest, board.id, board.facts]
        + ["\(settings.isOptimizing)", model.name, "\(settings.seconds)"] + words
        + words.map(dataDigest))
  }

  /// Works on the boards whose results are not there.
  ///
  /// - Parameters:
  ///   - isFinished: whether there is a result for a board and a key already.
  ///   - save: takes a result.
  func run(
    isFinished: (ZooBoard, String) throws(ZooError) -> Bool, save: (ZooResult) throws(ZooError) -> Void
  ) throws(ZooError) {
    var digest: String
    do throws(ZooError) { digest = try Snapshot.digest(of: model.path) } catch {
      return try fail(Self.reason(error), isFinished, save)
    }
    guard settings.shard.contains(name: model.name, digest: digest) else { return }
    var boards: [ZooBoard] = []
    for board in settings.boards where try !isFinished(board, key(digest: digest, board: board)) {
      boards.append(board)
    }
    guard !boards.isEmpty else { return }
    defer { try? FileManager.default.removeItem(atPath: copy) }
    // The copy is what counts: the file may have changed since, or be gone.
    do throws(ZooError) { digest = try Snapshot.digest(of: model.path, copy: copy) } catch {
      if case .folder(let path, let reason) = error, path == model.path.text {
        return try fail(reason, isFinished, save)
      }
      throw error
    }
    let inspected = try inspected()
    for board in boards {
      var result = try result(digest: digest, board)
      result.documents[.inspect] = inspected.map(Packing.packed)
      try save(result)
    }
  }

  /// A model that cannot be read gets a row for every board all the same.
  private func fail(
    _ reason: String, _ isFinished: (ZooBoard, String) throws(ZooError) -> Bool,
    _ save: (ZooResult) throws(ZooError) -> Void
  ) throws(ZooError) {
    guard settings.shard.contains(name: model.name, digest: "") else { return }
    for board in settings.boards {
      let key = key(digest: reason, board: board)
      guard try !isFinished(board, key) else { continue }
      try save(
        ZooResult(row: ZooRow(model: model.name, board: board.id, verdict: .error, reason: reason), key: key))
    }
  }

  private static func reason(_ error: ZooError) -> String {
    if case .folder(_, let reason) = error { reason } else { "\(error)" }
  }

  private func inspected() throws(ZooError) -> [UInt8]? {
    switch command.run(["inspect", copy, "--json"], name: "\(number)") {
    case .exited(0, let output, _): output
    case .stopped: throw .stopped
    default: nil
    }
  }

  private func boardWords(_ board: ZooBoard) -> [String] {
    (board.id.isEmpty ? [] : ["--board", board.id]) + settings.boardOptions
  }

  private func result(digest: String, _ board: ZooBoard) throws(ZooError) -> ZooResult {
    var result = ZooResult(
      row: ZooRow(model: model.name, board: board.id, verdict: .error), key: key(digest: digest, board: board)
    )
    result.row.digest = digest
    let output = OutputFile(folder: settings.output, board: board.folder, model: model.name)
    result.row.commandLine = commandLine(board, output)
    try plan(board, settings.isOptimizing ? nil : output, &result)
    if settings.isOptimizing { try optimize(board, output, &result) }
    // Where there is no room, commands fail for no fault of the model's: such a row would stay.
    if result.row.verdict == .error { try requireRoom() }
    return result
  }

  private func commandLine(_ board: ZooBoard, _ output: OutputFile) -> String {
    let files = [model.path.shellWord, "-o", RawPath(output.path).shellWord]
    let options = (boardWords(board) + options).map(ShellWords.quoted)
    return (["nnopt", settings.isOptimizing ? "optimize" : "plan"] + files + options).joined(separator: " ")
  }

  /// - Throws: `ZooError.folder` where nothing can be written any more.
  private func requireRoom() throws(ZooError) {
    let probe = "\(folder)/\(number).room"
    defer { try? FileManager.default.removeItem(atPath: probe) }
    do { try AtomicFile.write([UInt8](repeating: 0x5A, count: 1 << 18), to: probe) } catch {
      throw noRoom
    }
  }

  private var noRoom: ZooError {
    .folder(
      path: settings.output,
      reason: "nothing more can be written: make room and run the command again, what is finished is kept")
  }

  /// Whether a command says that nothing could be written.
  private func lacksRoom(_ errors: String) -> Bool {
    [ENOSPC, EDQUOT, EROFS].contains { code in errors.contains(systemErrorText(code)) }
  }

  private func plan(
    _ board: ZooBoard, _ output: OutputFile?, _ result: inout ZooResult
  ) throws(ZooError) {
    let staged = "\(folder)/\(number).planned"
    defer { try? FileManager.default.removeItem(atPath: staged) }
    let words =
      ["plan", copy, "--json"] + boardWords(board) + (settings.isOptimizing ? [] : options)
      + (output == nil ? [] : ["-o", staged])
    guard let printed = try printed(words, okay: [0, 2], &result), let entry = entry(printed, &result) else {
      return
    }
    result.documents[.plan] = Packing.packed(printed)
    let arena = entry.tflm32 ?? entry.tflm
    result.row.verdict = ZooRow.Verdict(rawValue: entry.verdict) ?? .error
    result.row.reason = entry.reason
    result.row.operators = entry.operatorsOfAllSubgraphs
    result.row.fileBytes = entry.flash?.fileBytes
    result.row.stockBytes = arena?.stockSmallestArenaBytes
    result.row.plannedBytes = arena?.smallestArenaBytes ?? entry.plan.arenaBytes
    result.row.spareBytes = entry.board?.marginBytes
    result.row.isProved = entry.plan.proved
    result.row.flashBytes = entry.flash?.requestedBytes
    if let output { try place(staged, output, &result) }
  }

  private func optimize(
    _ board: ZooBoard, _ output: OutputFile, _ result: inout ZooResult
  ) throws(ZooError) {
    let staged = "\(folder)/\(number).optimized"
    defer { try? FileManager.default.removeItem(atPath: staged) }
    let words = ["optimize", copy, "--json", "-o", staged] + boardWords(board) + options
    guard let printed = try printed(words, okay: [0, 2, 3], &result) else { return }
    result.documents[.optimize] = Packing.packed(printed)
    guard let answer = try? OptimizeAnswer(printed) else {
      result.setUnfinished()
      return fail("nnopt optimize printed what nnopt zoo cannot read", &result)
    }
    let planWords = ["plan", staged, "--json"] + boardWords(board)
    guard let after = try self.printed(planWords, okay: [0, 2], &result), let entry = entry(after, &result)
    else {
      return
    }
    result.documents[.after] = Packing.packed(after)
    result.row.optimized = ZooRow.Optimized(
      fileBytes: answer.after.fileBytes, arenaBytes: answer.after.arenaBytes, accuracy: answer.after.top1)
    result.row.verdict = ZooRow.Verdict(rawValue: entry.verdict) ?? .error
    result.row.reason = entry.reason
    result.row.spareBytes = entry.board?.marginBytes
    result.row.flashBytes = entry.flash?.requestedBytes
    try place(staged, output, &result)
  }

  /// What a command printed; nil where it failed, which the row then says.
  private func printed(
    _ words: [String], okay codes: [Int32], _ result: inout ZooResult
  ) throws(ZooError) -> [UInt8]? {
    switch command.run(words, name: "\(number)") {
    case .exited(let code, let output, _) where codes.contains(code): return output
    case .exited(let code, _, let errors):
      if lacksRoom(errors) { throw noRoom }
      let message = Self.message(errors, without: copy)
      fail(message.isEmpty ? "nnopt ended with code \(code) and without a word" : message, &result)
    case .failed(let reason): fail(reason, &result)
    case .disturbed(let reason):
      result.setUnfinished()
      fail(reason, &result)
    case .stopped: throw .stopped
    }
    return nil
  }

  private func entry(_ printed: [UInt8], _ result: inout ZooResult) -> PlanAnswer.Entry? {
    if let entry = try? PlanAnswer(printed).models.first { return entry }
    result.setUnfinished()
    fail("nnopt plan printed what nnopt zoo cannot read", &result)
    return nil
  }

  private func fail(_ reason: String, _ result: inout ZooResult) {
    (result.row.verdict, result.row.reason) = (.error, reason)
  }

  /// The last line of what a command said, without the names of nnopt and of the copy.
  static func message(_ errors: String, without copy: String) -> String {
    let lines = errors.split(whereSeparator: \.isNewline)
    let line = String(lines.last { $0.hasPrefix("nnopt: ") || $0.hasPrefix("Error: ") } ?? lines.last ?? "")
    return line.replacing("nnopt: ", with: "", maxReplacements: 1).replacing(
      "Error: ", with: "", maxReplacements: 1
    )
    .replacing("\(copy): ", with: "").replacing(copy, with: "the model")
    .replacing(/[^ ]*\/\.work-[0-9a-f]+\/[0-9]+\.(planned|optimized)/, with: "its file")
  }

  /// Puts a written file where it belongs.
  private func place(
    _ staged: String, _ output: OutputFile, _ result: inout ZooResult
  ) throws(ZooError) {
    let digest = try Snapshot.digest(of: RawPath(staged))
    do throws(OutputFile.Problem) { try output.take(staged) } catch {
      guard error.isOfThisFile else { throw .folder(path: output.path, reason: error.reason) }
      result.setUnfinished()
      return fail("its file cannot be written: \(error.reason)", &result)
    }
    (result.outputDigest, result.row.output) = (digest, output.name)
  }
}
