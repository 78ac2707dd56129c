import ArgumentParser
import Files
import Zoo

/// `nnopt zoo submit`: a zoo as jobs of Slurm.
struct ZooSubmitTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Work on a zoo as an array of jobs of Slurm, merged when all are done.",
    discussion: """
      Writes two scripts into the output folder and hands them to sbatch: an array with a task for each part, which is \
      queued again where its node fails, and a job that waits for it and merges the parts. The folders have to be the same \
      on all nodes. All options of 'nnopt zoo run' but --shard.

      EXAMPLES
        nnopt zoo submit models/ --board esp32 --out zoo/ --slurm 8
      """)

  @Option(help: ArgumentHelp("How many parts.", valueName: "N"))
  var slurm: Int

  @Flag(help: "Write the scripts only.")
  var dryRun = false

  @OptionGroup var zoo: ZooRunTool

  func validate() throws {
    guard (1...10_000).contains(slurm) else { throw ValidationError("--slurm takes 1 to 10000 parts.") }
    guard zoo.work.shard == nil else { throw ValidationError("--shard and --slurm both say which parts.") }
  }

  func run() throws { try Outcome.reportingErrors(submit) }

  private func submit() throws {
    let settings = try zoo.settings()
    let job = SlurmJob(
      executable: settings.executable, words: zoo.words, output: zoo.out, shardCount: slurm)
    let (array, merge) = try job.write()
    guard !dryRun else {
      let commands = "sbatch --parsable \(array), then sbatch --dependency=afterok:NUMBER \(merge)"
      return Console.note("nnopt: submit them with \(commands)")
    }
    let number = try SlurmQueue.submit([array])
    let last = try SlurmQueue.submit(["--dependency=afterok:\(number)", merge])
    Console.note("nnopt: jobs \(number) (\(slurm) parts) and \(last) (merge) are submitted; see squeue")
  }
}
