internal import Files

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A zoo as an array of jobs of Slurm: a task for each shard, put back into the queue where its node fails, and a job
/// behind them that merges the parts.
package struct SlurmJob: Sendable {
  /// The words behind `nnopt zoo run` but `--out` and `--shard`.
  package let words: [String]
  package let executable: String
  package let output: String
  package let shardCount: Int

  package init(executable: String, words: [String], output: String, shardCount: Int) {
    (self.executable, self.words, self.output, self.shardCount) = (executable, words, output, shardCount)
  }

  /// The script of the array; each task makes one part.
  package var arrayScript: String {
    let command = ([executable, "zoo", "run"] + words).map(ShellWords.quoted)
    let place = ["--out", "\(ShellWords.quoted("\(output)/parts"))/$SLURM_ARRAY_TASK_ID"]
    let line = (command + place + ["--shard", "$SLURM_ARRAY_TASK_ID/\(shardCount)"]).joined(separator: " ")
    return """
      #!/bin/bash
      #SBATCH --job-name=nnopt-zoo
      #SBATCH --array=1-\(shardCount)
      #SBATCH --requeue
      #SBATCH --open-mode=append
      \(line)
      # A model with an error has its row, and is no reason to stop.
      code=$?
      ((code == 2 || code == 5)) || exit "$code"

      """
  }

  /// Writes both scripts.
  ///
  /// - Returns: their paths.
  /// - Throws: `FileError`.
  package func write() throws -> (array: String, merge: String) {
    let names = ("slurm/array.sh", "slurm/merge.sh")
    let files: [OutputFolder.File] = [(names.0, Array(arrayScript.utf8)), (names.1, Array(mergeScript.utf8))]
    try OutputFolder(output).write(files) { $0.starts(with: Array("#!/bin/bash\n#SBATCH ".utf8)) }
    return ("\(output)/\(names.0)", "\(output)/\(names.1)")
  }

  /// The script of the job that waits for the array.
  package var mergeScript: String {
    let parts = (1...max(shardCount, 1)).map { ShellWords.quoted("\(output)/parts/\($0)") }
    let command =
      [executable, "zoo", "merge"].map(ShellWords.quoted) + parts + ["--out", ShellWords.quoted(output)]
    return """
      #!/bin/bash
      #SBATCH --job-name=nnopt-zoo-merge
      #SBATCH --requeue
      \(command.joined(separator: " "))

      """
  }
}

/// Slurm's queue, as its command `sbatch` takes jobs.
package enum SlurmQueue {
  /// - Returns: the job's number.
  /// - Throws: `ZooError.engine` with what sbatch says.
  package static func submit(_ words: [String]) throws(ZooError) -> String {
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":").map {
      "\($0)/sbatch"
    }
    guard let sbatch = path.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw .engine(
        "there is no sbatch on this machine: submit from a node of a Slurm cluster, or use --dry-run")
    }
    let folder = "\(FileManager.default.temporaryDirectory.path)/nnopt-\(UInt64.random(in: .min ... .max))"
    try Folder.make(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let command = ZooCommand(executable: sbatch, seconds: 60, folder: folder, stop: ZooStop())
    switch command.run(["--parsable"] + words, name: "sbatch") {
    case .exited(0, let output, _):
      // With several clusters, the cluster's name stands behind the number.
      let text = String(decoding: output, as: UTF8.self)
      return String(text.prefix { $0.isNumber })
    case .exited(_, _, let errors):
      throw .engine("sbatch: \(errors.split(whereSeparator: \.isNewline).last ?? "")")
    case .failed(let reason), .disturbed(let reason): throw .engine("sbatch: \(reason)")
    case .stopped: throw .stopped
    }
  }
}
