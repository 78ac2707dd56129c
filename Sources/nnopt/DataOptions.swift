import ArgumentParser
import Datasets
import Execution
import GraphIR

/// The options that say with which numbers a model is run.
struct DataOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Subtract it from every number first.", valueName: "M"))
  var mean: Double?

  @Option(help: ArgumentHelp("Then multiply with it: (x − M) · S, such as 1/255.", valueName: "S"))
  var scale: Factor?

  @Option(
    help: ArgumentHelp("Use the first samples only; without data, how many random ones.", valueName: "N"))
  var samples: Int?

  @Option(help: ArgumentHelp("Seed of random data.", valueName: "seed"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Threads; the results never depend on it.", valueName: "N"))
  var threads: Int?

  @Flag(help: "Samples follow each other: keep variables and recurrent state between them.")
  var sequence = false

  @Flag(help: "Say what is done to the data before a model gets them.")
  var preprocess = false

  /// How many random samples are used at most where nothing is said.
  static let randomSampleCount = 20

  func validate() throws {
    guard samples.map({ $0 > 0 }) ?? true else { throw ValidationError("--samples takes a number from 1.") }
    guard threads.map({ (1...1024).contains($0) }) ?? true else {
      throw ValidationError("--threads takes 1 to 1024.")
    }
    guard mean?.isFinite ?? true else { throw ValidationError("--mean takes a finite number.") }
  }

  /// What is done to data.
  var preprocessing: Preprocessing { Preprocessing(mean: mean, scale: scale?.value) }

  var runner: ParallelRunner { ParallelRunner(threadCount: threads, isSequence: sequence) }

  /// The samples in the files, or random ones where there are none.
  ///
  /// - Parameters:
  ///   - other: a model whose inputs' ranges random data should fit too.
  ///   - original: the model whose stored numbers the files may hold.
  func sampleSet(
    for model: Model, files: [NamedPath], alike other: Model? = nil, storedFor original: Model? = nil
  ) throws -> SampleSet {
    guard !files.isEmpty else {
      return try SampleSet.random(
        for: model, alike: other,
        count: samples ?? RandomSampleCount.of(model, atMost: Self.randomSampleCount), seed: seed)
    }
    let set = try SampleSet(
      model, files: files.map { SampleSet.File(input: $0.name, path: $0.path) },
      preprocessing: preprocessing, storedFor: original)
    return samples.map(set.prefix) ?? set
  }

  /// Where the numbers come from, in words.
  func origin(_ files: [NamedPath]) -> String {
    files.isEmpty ? "random, seed \(seed)" : files.map(\.path).joined(separator: ", ")
  }
}

/// A path, or a tensor's name and a path: `x.npy`, `input_1=x.npy`.
struct NamedPath: ExpressibleByArgument {
  let name: String?
  let path: String

  init?(argument: String) {
    guard let separator = argument.firstIndex(of: "=") else {
      name = nil
      path = argument
      if argument.isEmpty { return nil }
      return
    }
    name = String(argument[..<separator])
    path = String(argument[argument.index(after: separator)...])
    if path.isEmpty || name?.isEmpty ?? true { return nil }
  }

  static let defaultCompletionKind = CompletionKind.file()
}
