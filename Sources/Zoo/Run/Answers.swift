#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The parts of `nnopt plan --json` that a row is made of.
struct PlanAnswer: Decodable {
  struct Entry: Decodable {
    let verdict: String
    let reason: String
    let operatorsOfAllSubgraphs: Int
    let plan: Placement
    let tflm: Arena?
    let tflm32: Arena?
    let board: Fit?
    let flash: Flash?
  }

  struct Placement: Decodable {
    let arenaBytes: Int
    let proved: Bool
  }

  struct Arena: Decodable {
    let smallestArenaBytes: Int
    let stockSmallestArenaBytes: Int
  }

  struct Fit: Decodable {
    let marginBytes: Int
    let requestedBytes: Int
  }

  struct Flash: Decodable {
    let fileBytes: Int
    let requestedBytes: Int
  }

  let models: [Entry]

  init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) }
}

/// The parts of `nnopt optimize --json` that a row is made of.
struct OptimizeAnswer: Decodable {
  struct Figures: Decodable {
    let fileBytes: Int
    let arenaBytes: Int
    let top1: Double?
  }

  let after: Figures

  init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) }
}
