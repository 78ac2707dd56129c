import ArgumentParser
import Foundation
import GraphIR
import ModelFiles
import _TestSupport

/// What planning takes and reaches on networks of hard shapes, by the whole command.
struct NetsBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nets", abstract: "Time and proofs of 'nnopt plan' on networks of hard shapes.")

  @Option(help: "Write the table into a Markdown file.")
  var report: String?

  @Option(help: "The nnopt program, if not the one beside this one.")
  var nnopt: String?

  @Option(help: "Only networks whose title begins so.")
  var only = ""

  @Option(help: "Keep the networks in this folder.")
  var folder: String?

  private struct Family {
    let title: String
    let sizes: [Int]
    let model: (Int) -> Model
  }

  private static let large = [1_000, 2_000, 5_000, 10_000, 20_000]

  private var families: [Family] {
    let wired = (1...3).map { seed in
      Family(title: "Watts–Strogatz, seed \(seed)", sizes: [16, 24, 32, 48, 64, 100]) {
        NetModels.wattsStrogatz($0, seed: UInt64(seed))
      }
    }
    return [
      Family(title: "plain chain", sizes: Self.large, model: NetModels.plainChain),
      Family(title: "residual chain", sizes: Self.large, model: NetModels.residualChain),
      Family(title: "cells", sizes: Self.large, model: NetModels.cells),
      Family(title: "wide joins", sizes: Self.large, model: NetModels.wideConcats),
      Family(title: "one tensor added again and again", sizes: Self.large, model: GrowthModels.chain),
      Family(title: "fan-out", sizes: [1_000, 10_000], model: GrowthModels.branches),
      Family(title: "dense", sizes: [100, 500], model: NetModels.dense),
      Family(title: "near-equal choices", sizes: [30, 100, 400], model: NetModels.nearEqualChoices),
      Family(title: "called subgraphs", sizes: [100, 400, 2_000], model: GrowthModels.subgraphs),
    ] + wired + shapes
  }

  private var shapes: [Family] {
    RealShapes.all.flatMap { title, model in
      [
        Family(title: title, sizes: [0]) { _ in model() },
        Family(title: title + ", int8", sizes: [0]) { _ in model().asInteger },
      ]
    }
  }

  func run() throws {
    var table = MeasuredTable([
      "| network | operators | CPU seconds | MB at most | states | peak B | bound B | head B | proved |",
      "|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ])
    try MeasuredTable.withFolder { folder in
      for family in families where family.title.hasPrefix(only) {
        for size in family.sizes {
          let name = self.folder.map { "\($0)/\(family.title)\(size > 0 ? " \(size)" : "").tflite" }
          let file = name ?? folder.appending(path: "net.tflite").path
          try ModelFile.write(family.model(size), to: file)
          table.add("| \(family.title) | \(try row(file)) |")
        }
      }
    }
    try table.write(
      to: report, title: "Networks of hard shapes",
      "Made by `Scripts/benchmark nets`: one run of `nnopt plan` each, for TFLM with offsets that are safe "
        + "on any kernels, compared for three libraries.")
  }

  private func row(_ file: String) throws -> String {
    let done = try MeasuredCommand.run(nnopt, ["plan", file, "--json"])
    let entry = try JSONDecoder().decode(PlanOutput.self, from: done.output).models.first
    guard let entry else { throw ValidationError("nnopt planned nothing") }
    let plan = entry.plan
    let figures = [
      "\(entry.operators)", String(format: "%.2f", done.seconds), "\(done.megabytes)",
      "\(plan.statesSearched)", "\(plan.peakBytes)", "\(plan.lowerBoundBytes)", "\(plan.arenaBytes)",
    ]
    let proof = plan.arenaBytes <= plan.lowerBoundBytes ? "yes" : plan.proved ? "order" : "no"
    return (figures + [proof]).joined(separator: " | ")
  }

  private struct PlanOutput: Decodable {
    let models: [Entry]

    struct Entry: Decodable {
      let operators: Int
      let plan: Plan
    }

    struct Plan: Decodable {
      let statesSearched: Int
      let peakBytes: Int
      let lowerBoundBytes: Int
      let arenaBytes: Int
      let proved: Bool
    }
  }
}
