import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Passes

@Suite struct ChannelLinksTests {
  private func links(_ graphs: FloatGraphs, _ outputs: [ValueID]) throws -> ChannelLinks {
    try #require(ChannelLinks(graphs.model(outputs: outputs).graphs[0]))
  }

  @Test func additionTiesBothProducers() throws {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4, 4, 2], .float32)
    let a = graphs.convolution(x, outputs: 3)
    let b = graphs.convolution(x, outputs: 3)
    let sum = graphs.binary(.add, a, b)
    let output = graphs.dense(sum, outputs: 2)
    let links = try links(graphs, [output])
    #expect(links.groups.count == 3)
    #expect(links.groups.allSatisfy { Set($0.members.map(\.value)) == [a, b, sum] })
    #expect(Set(links.groups.map(\.family)) == [a])
  }

  @Test func concatenationShiftsChannels() throws {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4, 4, 2], .float32)
    let a = graphs.convolution(x, outputs: 2)
    let b = graphs.convolution(x, outputs: 3)
    let both = graphs.concatenation(a, b)
    let output = graphs.dense(both, outputs: 2)
    let links = try links(graphs, [output])
    #expect(links.groups.count == 5)
    let last = try #require(links.groups.last)
    #expect(last.members.map(\.value) == [b, both])
    #expect(last.members.map(\.channel) == [2, 4])
  }

  @Test func multipliersOfOneInputAreFree() throws {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4, 4, 1], .float32)
    let output = graphs.dense(graphs.depthwise(x, multiplier: 5), outputs: 2)
    let links = try links(graphs, [output])
    #expect(links.groups.count == 5)
  }

  @Test func multipliersOfManyInputsGoTogether() throws {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4, 4, 1], .float32)
    let wide = graphs.depthwise(graphs.convolution(x, outputs: 3), multiplier: 2)
    let output = graphs.dense(wide, outputs: 2)
    let links = try links(graphs, [output])
    #expect(links.groups.count == 3)
    #expect(links.groups.allSatisfy { $0.members.count == 3 })
  }

  @Test func flatRowsRepeatChannels() throws {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4, 4, 2], .float32)
    let flat = graphs.flatten(graphs.maxPool(graphs.convolution(x, outputs: 3)))
    let output = graphs.dense(flat, outputs: 2)
    let links = try links(graphs, [output])
    #expect(links.groups.count == 3)
    #expect(links.groups[1].members.filter { $0.value == flat }.map(\.channel) == [1, 4, 7, 10])
  }

  @Test func constantsFollow() throws {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4, 4, 2], .float32)
    let constant = graphs.constant([3])
    let scaled = graphs.binary(.mul, graphs.convolution(x, outputs: 3), constant)
    let output = graphs.dense(graphs.mean(scaled), outputs: 2)
    let links = try links(graphs, [output])
    #expect(links.groups.allSatisfy { $0.members.map(\.value).contains(constant) })
  }

  @Test func whatIsUnknownStaysWithASentence() throws {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4, 4, 2], .float32)
    let a = graphs.convolution(x, outputs: 3)
    let output = graphs.dense(graphs.unary(.softmax, a), outputs: 2)
    let links = try links(graphs, [output])
    #expect(links.groups.isEmpty)
    #expect(
      links.refusals.contains(
        .init(value: a, reason: "SOFTMAX reads or writes it, which sums over the channels")))
  }

  @Test func outputsStay() throws {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 4, 4, 2], .float32)
    let a = graphs.convolution(x, outputs: 3)
    let links = try links(graphs, [a])
    #expect(links.groups.isEmpty)
    #expect(links.refusals == [.init(value: a, reason: "it is an output of the model")])
  }
}
