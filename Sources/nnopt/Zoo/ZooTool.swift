import ArgumentParser

/// `nnopt zoo`: all models of some folders, on all boards.
struct ZooTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "zoo",
    abstract: "Plan or optimize every model below folders for every board, and report on it.",
    discussion: """
      Results go into a database in the output folder, each as it comes: a run that was stopped goes on where it was, \
      and what has not changed is not done again.

      EXAMPLES
        nnopt zoo models/ --board esp32 --board nano33ble --out zoo/
        nnopt zoo models/ --board esp32 --out zoo/ --optimize --quantize int8 --calibrate images.npy
        nnopt zoo report zoo/ --format html --output zoo.html
        nnopt zoo compare old/ zoo/ --tolerance 64
        nnopt zoo models/ --board esp32 --out part1/ --shard 1/2
        nnopt zoo merge part1/ part2/ --out zoo/

      EXIT CODES
        0  done    1  bad input, or no room    2  --strict: a model does not fit    4  compare: got worse
        5  done, and some models have errors    64  usage    130, 143  stopped by Ctrl-C or SIGTERM
      """,
    subcommands: [
      ZooRunTool.self, ZooReportTool.self, ZooCompareTool.self, ZooMergeTool.self, ZooSubmitTool.self,
    ],
    defaultSubcommand: ZooRunTool.self)
}
