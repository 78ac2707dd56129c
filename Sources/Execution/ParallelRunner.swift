package import Datasets
import Dispatch
import Foundation
import Synchronization

/// Runs samples on several threads, each with a session of its own.
///
/// Results come in the order of the samples and never depend on the number of threads: between samples
/// a session forgets its state, unless the samples are a sequence.
package struct ParallelRunner: Sendable {
  package let threadCount: Int
  /// Whether state lasts from sample to sample; then one thread runs them in order.
  package let isSequence: Bool

  /// - Parameter threadCount: by default as many as the machine has processors.
  package init(threadCount: Int? = nil, isSequence: Bool = false) {
    self.isSequence = isSequence
    let processors = ProcessInfo.processInfo.activeProcessorCount
    self.threadCount = isSequence ? 1 : max(1, threadCount ?? processors)
  }

  /// Runs a model with every sample.
  ///
  /// - Parameter collect: makes a sample's result from its number and the bytes of its outputs.
  /// - Throws: the error of the first sample that fails.
  package func run<Result: Sendable>(
    _ interpreter: Interpreter, _ samples: SampleSet,
    collect: @Sendable (Int, [[UInt8]]) throws(RunError) -> Result
  ) throws(RunError) -> [Result] {
    try map(
      count: samples.count, makeWorker: { Session(interpreter) },
      body: { session, index throws(RunError) in try collect(index, try run(session, samples, index)) })
  }

  /// Runs a session with one sample, its state forgotten before unless the samples are a sequence.
  package func run(_ session: Session, _ samples: SampleSet, _ index: Int) throws(RunError) -> [[UInt8]] {
    if !isSequence { session.reset() }
    let inputs: [[UInt8]]
    do throws(DataError) { inputs = try samples.sample(index) } catch { throw .data(error) }
    do throws(ExecutionError) {
      return try session.run(inputs)
    } catch {
      throw .execution(sample: index, error)
    }
  }

  /// Does work for every number below `count`.
  ///
  /// - Parameters:
  ///   - makeWorker: makes what one thread works with, such as sessions.
  ///   - body: the work; it may depend on the number only.
  /// - Throws: the error of the smallest number that fails.
  package func map<Worker, Result: Sendable, Failure: Error>(
    count: Int, makeWorker: @Sendable () -> Worker,
    body: @Sendable (Worker, Int) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let progress = Mutex(Progress<Result, Failure>(count: count))
    DispatchQueue.concurrentPerform(iterations: min(threadCount, count)) { _ in
      guard var index = progress.withLock({ $0.next() }) else { return }
      let worker = makeWorker()
      while true {
        do throws(Failure) {
          let result = try body(worker, index)
          progress.withLock { $0.results[index] = result }
        } catch {
          progress.withLock { $0.fail(index, error) }
        }
        guard let following = progress.withLock({ $0.next() }) else { break }
        index = following
      }
    }
    let state = progress.withLock { $0 }
    if let failure = state.failure { throw failure.error }
    return state.results.compactMap(\.self)
  }

  /// Does work for every number below `count`, and joins what comes of it in the numbers' order, as early as that
  /// allows: no more results wait than there are threads, about.
  ///
  /// - Parameters:
  ///   - makeWorker: makes what one thread works with, such as sessions.
  ///   - body: the work; it may depend on the number only.
  ///   - join: adds the result of the next number.
  /// - Returns: nil for a count of 0.
  /// - Throws: the error of the smallest number that fails.
  package func fold<Worker, Result: Sendable, Failure: Error>(
    count: Int, makeWorker: @Sendable () -> Worker,
    body: @Sendable (Worker, Int) throws(Failure) -> Result,
    join: @Sendable (inout Result, Result) -> Void
  ) throws(Failure) -> Result? {
    let joined = Mutex(Joined<Result>())
    _ = try map(
      count: count, makeWorker: makeWorker,
      body: { worker, index throws(Failure) in
        let result = try body(worker, index)
        joined.withLock { $0.add(index, result, join) }
      })
    return joined.withLock { $0.result }
  }

  /// Results that are joined up to a number, and those behind it.
  private struct Joined<Result: Sendable>: Sendable {
    private(set) var result: Result?
    private var waiting: [Int: Result] = [:]
    private var next = 0

    mutating func add(_ index: Int, _ new: Result, _ join: (inout Result, Result) -> Void) {
      waiting[index] = new
      while let following = waiting.removeValue(forKey: next) {
        next += 1
        // Taken out, so that what is joined to is not copied.
        guard var own = result.take() else {
          result = following
          continue
        }
        join(&own, following)
        result = own
      }
    }
  }

  /// What the threads share. Numbers are handed out in order, so that behind a failure all smaller ones
  /// have been handed out.
  private struct Progress<Result: Sendable, Failure: Error>: Sendable {
    var results: [Result?]
    private(set) var failure: (index: Int, error: Failure)?
    private var position = 0

    init(count: Int) { results = Array(repeating: nil, count: count) }

    mutating func next() -> Int? {
      guard failure == nil, position < results.count else { return nil }
      defer { position += 1 }
      return position
    }

    mutating func fail(_ index: Int, _ error: Failure) {
      if failure.map({ index < $0.index }) ?? true { failure = (index, error) }
    }
  }
}
