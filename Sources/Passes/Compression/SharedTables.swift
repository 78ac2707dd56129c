import GraphIR
import Tensors

/// One set of Huffman tables for the int8 constants of a graph that are smaller with it than with tables of their own.
enum SharedTables {
  static func share(_ candidates: inout [CompressionCandidate], in model: Model) {
    for graph in model.graphs.indices {
      var members = candidates.indices.filter { index in
        let candidate = candidates[index]
        return candidate.graph == GraphID(graph) && value(of: candidate, model).elementType == .int8
      }
      // Those that lose leave, and the code of the others is found anew.
      while members.count > 1 {
        guard let coded = HuffmanCoder.code(together: members.map { value(of: candidates[$0], model) }) else {
          break
        }
        let gains = zip(members, coded).map { candidates[$0].coded.byteCount - $1.encoded.count }
        if gains.allSatisfy({ $0 > 0 }) {
          take(coded, for: members, gains, &candidates)
          break
        }
        members = zip(members, gains).filter { $0.1 > 0 }.map(\.0)
      }
    }
  }

  private static func value(of candidate: CompressionCandidate, _ model: Model) -> Value {
    model.graphs[candidate.graph.index][candidate.value]
  }

  /// Takes the common code where it saves more than its tables take; each member bears an equal part of them.
  private static func take(
    _ coded: [CodedConstant], for members: [Int], _ gains: [Int], _ candidates: inout [CompressionCandidate]
  ) {
    let tableBytes = coded[0].ancillary.count
    guard gains.reduce(0, +) > tableBytes else { return }
    for (index, code) in zip(members, coded) {
      candidates[index].coded = code
      candidates[index].ancillaryBytes = (tableBytes + members.count - 1) / members.count
    }
  }
}
