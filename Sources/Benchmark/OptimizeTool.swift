import Foundation

/// Runs `nnopt optimize` and `nnopt check` on one model as a user would.
final class OptimizeTool {
  private let binary: String
  private let model: String
  private let data: String
  private let folder: URL
  private var known: [[String]: Outcome] = [:]

  /// - Parameter data: a folder with `calib_images.npy`, `test_images.npy` and `test_labels.npy`.
  init(binary: String, model: String, data: String, folder: URL) {
    self.binary = binary
    self.model = model
    self.data = data
    self.folder = folder
  }

  /// Shares of test images that are classified rightly: of all, of those that the search sees, and of the others.
  struct Accuracy {
    let all: Double
    let seen: Double
    let unseen: Double
  }

  /// What options made of the model.
  struct Outcome {
    let bytes: Int
    let arenaBytes: Int
    /// Of the whole run, judging accuracy aside.
    let seconds: Double
    let accuracy: Accuracy
    /// Whether a step that was asked for found nothing to do.
    let isIdle: Bool
  }

  /// What a search found.
  struct Found: Decodable {
    let front: [Member]
    let before: Member.Figures
    let best: [String: Member]
    let measured: [Member]
    let budget: Int
    let seed: Int
    var seconds: Double?

    struct Member: Decodable {
      let options: [String]
      let fileBytes: Int
      let arenaBytes: Int
      let macs: Int
      let top1: Double

      struct Figures: Decodable {
        let fileBytes: Int
        let top1: Double
      }
    }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private var scale: [String] { ["--scale", "0.00392156862745098"] }

  private var calibration: [String] { ["--calibrate", data + "/calib_images.npy"] + scale }

  private var test: [String] {
    ["--data", data + "/test_images.npy", "--labels", data + "/test_labels.npy"]
  }

  /// Optimizes, and judges the file on the test images.
  func optimize(_ options: [String]) throws -> Outcome {
    if let outcome = known[options] { return outcome }
    let output = folder.appending(path: "model.tflite").path
    let start = ContinuousClock.now
    let text = try run(["optimize", model, "-o", output, "--json"] + options + calibration)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let document = try JSONDecoder().decode(Optimized.self, from: text)
    let outcome = Outcome(
      bytes: document.after.fileBytes, arenaBytes: document.after.arenaBytes, seconds: seconds,
      accuracy: try accuracy(of: output), isIdle: document.isIdle)
    known[options] = outcome
    return outcome
  }

  /// Searches with the first test images, or with all, and judges the files of the front with all.
  func search(
    budget: Int?, samples: Int?, picture: String
  ) throws -> (found: Found, accuracies: [Accuracy]) {
    let front = folder.appending(path: "front-\(samples ?? 0)").path
    let output = folder.appending(path: "best.tflite").path
    var arguments = [
      "optimize", model, "-o", output, "--front", front, "--search", "--strip", "--json", "--svg",
      picture,
    ]
    arguments += calibration + test + (samples.map { ["--samples", "\($0)"] } ?? [])
    if let budget { arguments += ["--search-budget", "\(budget)"] }
    let start = ContinuousClock.now
    var found = try JSONDecoder().decode(Found.self, from: run(arguments))
    found.seconds = (ContinuousClock.now - start) / .seconds(1)
    let files = try FileManager.default.contentsOfDirectory(atPath: front).sorted()
    return (found, try files.map { try accuracy(of: front + "/" + $0) })
  }

  private struct Optimized: Decodable {
    let after: Figures
    let passes: [Pass]

    /// Whether a pass that was asked for found nothing to do.
    var isIdle: Bool {
      passes.contains { $0.outcome == "unchanged" && !["clean-up", "plan-arena"].contains($0.name) }
    }

    struct Figures: Decodable {
      let fileBytes: Int
      let arenaBytes: Int
    }

    struct Pass: Decodable {
      let name: String
      let outcome: String
    }
  }

  private struct Checked: Decodable {
    let samples: Int
    let candidate: Candidate

    struct Candidate: Decodable {
      let top1: Double
    }
  }

  private func accuracy(of file: String) throws -> Accuracy {
    let seen = JointBenchmark.seenCount
    let (all, count) = try top1(of: file, samples: nil)
    let first = try top1(of: file, samples: seen).share
    let rest = (all * Double(count) - first * Double(seen)) / Double(max(count - seen, 1))
    return Accuracy(all: all, seen: first, unseen: rest)
  }

  private func top1(of file: String, samples: Int?) throws -> (share: Double, count: Int) {
    let limit = samples.map { ["--samples", "\($0)"] } ?? []
    let text = try run(["check", model, file, "--json", "--layer-samples", "0"] + test + scale + limit)
    let checked = try JSONDecoder().decode(Checked.self, from: text)
    return (checked.candidate.top1, checked.samples)
  }

  private func run(_ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: binary)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    // 2: done, but the board is too small or TFLM refuses the result.
    guard [0, 2].contains(process.terminationStatus) else {
      throw Failure(
        description: "nnopt \(arguments.joined(separator: " ")) ended with \(process.terminationStatus)")
    }
    return text
  }
}
