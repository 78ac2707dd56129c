import Testing

@testable import Zoo

@Suite struct ZooSettingsTests {
  @Test func shardsAreReadAsPeopleWriteThem() {
    #expect(ZooSettings.Shard("2/8") == ZooSettings.Shard(index: 1, count: 8))
    for text in ["0/8", "9/8", "1", "1/0", "a/b", "1/2/3", "-1/2", ""] {
      #expect(ZooSettings.Shard(text) == nil)
    }
  }

  @Test func everyModelIsInOnePart() {
    let names = (0..<200).map { "m\($0)" }
    for count in 1...5 {
      let parts = (0..<count).map { ZooSettings.Shard(index: $0, count: count) }
      for name in names { #expect(parts.count { $0.contains(name: name, digest: "d") } == 1) }
      let sizes = parts.map { part in names.count { part.contains(name: $0, digest: "d") } }
      #expect((sizes.min() ?? 0) * count * 2 > names.count)
    }
  }

  @Test func slurmScriptsQuoteWhatAShellWouldRead() {
    let job = SlurmJob(
      executable: "/opt/my tools/nnopt", words: ["my zoo", "--board", "esp32"], output: "out dir",
      shardCount: 3)
    #expect(job.arrayScript.contains("#SBATCH --array=1-3\n"))
    #expect(job.arrayScript.contains("#SBATCH --requeue\n"))
    #expect(
      job.arrayScript.contains(
        "'/opt/my tools/nnopt' zoo run 'my zoo' --board esp32 --out 'out dir/parts'/$SLURM_ARRAY_TASK_ID "
          + "--shard $SLURM_ARRAY_TASK_ID/3\n"))
    #expect(
      job.mergeScript.contains(
        "zoo merge 'out dir/parts/1' 'out dir/parts/2' 'out dir/parts/3' --out 'out dir'\n"))
  }
}
