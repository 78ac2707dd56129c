import GraphIR
import MemoryPlanning
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Planning

@Suite struct StricterPlansTests {
  private func build(_ library: KernelLibrary?) -> TFLMBuild {
    TFLMBuild(
      TFLMTarget(commonFor: library ?? .reference), safeOn: library.map { [$0] } ?? KernelLibrary.any)
  }

  /// What is named as stricter is what others plan for.
  @Test func oneLibraryAllowsMoreThanAll() {
    #expect(build(nil).stricter.isEmpty)
    for library in [KernelLibrary.cmsisNN, .espNN] { #expect(build(library).stricter == [build(nil)]) }
    #expect(build(.reference).stricter == [build(.cmsisNN), build(nil)])
    #expect(TFLMBuild(TFLMTarget(commonFor: .reference), safeOn: []).stricter.isEmpty)
  }

  /// Nothing that a stricter build lets share bytes is kept apart by a freer one.
  @Test(arguments: [ElementType.int8, .float32]) func stricterBuildsAllowLess(_ type: ElementType) throws {
    let model = Self.net(type)
    var judged = 0
    for library in KernelLibrary.allCases {
      let own = try build(library).demands(of: model).overlaps.flatMap(\.self)
      for other in build(library).stricter {
        for overlap in try other.demands(of: model).overlaps.flatMap(\.self) {
          let same = own.first { $0.written == overlap.written && $0.read == overlap.read }
          #expect(same != nil)
          if case .startsBefore(let least) = overlap.condition, case .startsBefore(let free) = same?.condition
          {
            #expect(free <= least)
          }
          judged += 1
        }
      }
    }
    #expect(judged > 4)
  }

  /// Sums, activations and pads, some of which may be in place.
  private static func net(_ type: ElementType) -> Model {
    var builder = GraphBuilder()
    let dimensions: [Int32] = [1, 6, 6, 8]
    let input = builder.input("x", dimensions, type)
    var values = [input]
    for index in 0..<8 {
      let next = builder.value("y\(index)", dimensions, type)
      let earlier = values[max(0, values.count - 3)]
      let options: Record? = index % 3 == 0 ? Record("AddOptions") : nil
      builder.node(
        index % 3 == 0 ? .add : .relu,
        index % 3 == 0 ? [earlier, values[values.count - 1]] : [values[values.count - 1]],
        [next], options: options)
      values.append(next)
    }
    builder.outputs([values[values.count - 1]])
    return Model(graphs: [builder.graph])
  }

  /// Plans for runtimes that allow less are among those that a planner chooses from, where it is told so.
  @Test func plansOfStricterBuildsAreTried() throws {
    let model = Self.net(.int8)
    for library in KernelLibrary.allCases {
      var planner = Planner(for: build(library))
      planner.considersStricter = true
      let own = try planner.plannedModel(for: model).charge.arenaBytes
      for other in build(library).stricter {
        let strict = try Planner(for: other).plannedModel(for: model)
        #expect(try own <= strict.charged(by: build(library), of: model).charge.arenaBytes)
      }
      let known = try Planner.shared([planner], of: model, .optimal)
      #expect(try planner.knowing(known).plannedModel(for: model).charge.arenaBytes == own)
    }
  }
}
