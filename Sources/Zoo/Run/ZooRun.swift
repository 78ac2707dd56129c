internal import Dispatch
internal import Files
internal import Synchronization

/// Plans or optimizes every model below some folders for every board, and keeps the results in a database.
///
/// A result is committed as it comes, and is not made again while all that it rests on stays the same. Whatever is left
/// of a run that was killed is cleared by the next.
package struct ZooRun {
  package let settings: ZooSettings
  /// Hears of everything that is worth a line.
  package var listener: @Sendable (Event) -> Void = { _ in }

  package enum Event: Sendable {
    /// Another run works in the folder: this one waits.
    case waiting
    /// A folder that cannot be read.
    case unreadable(folder: String, reason: String)
    case found(models: Int, results: Int)
    /// A model is finished, on all boards.
    case finished(model: String, made: Int)
  }

  /// What a run did.
  package struct Summary: Sendable, Equatable {
    package var models = 0
    /// Results that were made, not found.
    package var made = 0
    package var unreadableFolders = 0
  }

  package init(_ settings: ZooSettings) { self.settings = settings }

  /// - Throws: `ZooError` where the output folder or its database cannot be used, or the run is stopped; what fails of a
  ///   model is its row.
  package func run() throws(ZooError) -> Summary {
    let output = settings.output
    let finder = ModelFinder(settings.roots)
    for problem in finder.problems { listener(.unreadable(folder: problem.folder, reason: problem.reason)) }
    guard !finder.models.isEmpty else {
      throw .folder(path: settings.roots.joined(separator: ", "), reason: "there is no .tflite file below")
    }
    guard !settings.roots.contains(where: { FileIdentity($0) == FileIdentity(output) }) else {
      throw .folder(
        path: output, reason: "models are looked for in this folder: choose another --out, which may be in it"
      )
    }
    try Folder.make(output)
    let lock = try ZooLock(folder: output) { listener(.waiting) }
    defer { withExtendedLifetime(lock) {} }
    settings.stop.setWorking(true)
    defer { settings.stop.setWorking(false) }
    let database = try ZooDatabase(folder: output, creates: true)
    let work = try WorkFolder(in: output)
    defer { work.remove() }
    listener(.found(models: finder.models.count, results: finder.models.count * settings.boards.count))
    try database.setBoards(settings.boards)
    try database.mark(
      present: Set(finder.models.map(\.name)), boards: settings.boards.map(\.id),
      isComplete: finder.problems.isEmpty)
    let made = try work.run(
      ZooSchedule(finder.models, settings: settings), settings: settings, database: database,
      listener: listener)
    return Summary(models: finder.models.count, made: made, unreadableFolders: finder.problems.count)
  }
}

extension WorkFolder {
  /// Does all jobs on as many threads as the settings say.
  ///
  /// - Returns: how many results were made.
  fileprivate func run(
    _ schedule: ZooSchedule, settings: ZooSettings, database: sending ZooDatabase,
    listener: @escaping @Sendable (ZooRun.Event) -> Void
  ) throws(ZooError) -> Int {
    let state = RunState(database, DataDigests())
    let count = max(1, min(settings.jobs, schedule.modelCount))
    DispatchQueue.concurrentPerform(iterations: count) { _ in
      while !state.hasFailed, !settings.stop.isRequested, let (number, model) = schedule.take() {
        defer { schedule.giveBack(model) }
        let job = ModelJob(
          settings: settings, model: model, folder: path, number: number, dataDigest: state.digest(ofData:))
        let made = state.run(job, version: settings.version)
        listener(.finished(model: model.name, made: made))
      }
    }
    let made = try state.result()
    if settings.stop.isRequested { throw .stopped }
    return made
  }
}

/// What the threads of a run share.
private final class RunState: Sendable {
  private struct Shared: ~Copyable {
    let database: ZooDatabase
    var digests: DataDigests
    var made = 0
    var error: ZooError?
  }

  private let shared: Mutex<Shared>

  init(_ database: sending ZooDatabase, _ digests: DataDigests) {
    shared = Mutex(Shared(database: database, digests: digests))
  }

  var hasFailed: Bool { shared.withLock { $0.error != nil } }

  func digest(ofData word: String) -> String { shared.withLock { $0.digests.digest(of: word) } }

  /// - Returns: how many results were made.
  func run(_ job: ModelJob, version: String) -> Int {
    var made = 0
    do throws(ZooError) {
      try job.run { board, key throws(ZooError) in
        try isFinished(job, board, key: key)
      } save: { result throws(ZooError) in
        try save(result, version: version)
        made += 1
      }
    } catch {
      shared.withLock { $0.error = $0.error ?? error }
    }
    return made
  }

  private func isFinished(_ job: ModelJob, _ board: ZooBoard, key: String) throws(ZooError) -> Bool {
    let finished = try shared.withLock { shared throws(ZooError) in
      try shared.database.finished(model: job.model.name, board: board.id)
    }
    guard let finished, finished.key == key else { return false }
    guard let output = finished.output else { return true }
    let path = RawPath("\(job.settings.output)/\(output)")
    return (try? Snapshot.digest(of: path)) == finished.outputDigest
  }

  private func save(_ result: ZooResult, version: String) throws(ZooError) {
    try shared.withLock { shared throws(ZooError) in
      try shared.database.save(result, version: version)
      shared.made += 1
    }
  }

  func result() throws(ZooError) -> Int {
    try shared.withLock { shared throws(ZooError) in
      if let error = shared.error { throw error }
      return shared.made
    }
  }
}
