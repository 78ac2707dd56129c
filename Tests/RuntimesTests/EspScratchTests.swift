import GraphIR
import Operators
import Testing
import _TestSupport

@testable import Runtimes

/// Against ESP-NN's own functions, compiled for a host (version 1.2.3).
@Suite struct EspScratchTests {
  private func site(_ length: Int, _ channels: Int32, taps: Int, outputs: Int32, stride: Int, to end: Int)
    throws
    -> ConvolutionSite
  {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, Int32(length), Int32(length), channels])
    let filter = builder.constant("w", [outputs, Int32(taps), Int32(taps), channels])
    let window = try Window(input: length, output: end, taps: taps, stride: stride)
    return ConvolutionSite(
      input: builder.graph[input], filter: builder.graph[filter], rows: window, columns: window)
  }

  @Test(arguments: [
    (8, 8, 1, 16, 1, 8, 384), (8, 20, 1, 16, 1, 8, 2_336), (2, 16, 1, 5, 1, 2, 112), (9, 8, 3, 4, 1, 7, 624),
    (9, 8, 3, 4, 1, 9, 120), (9, 1, 3, 4, 1, 7, 1_920), (9, 1, 3, 4, 2, 5, 745), (97, 1, 3, 8, 2, 49, 11_017),
    (200, 1, 3, 8, 1, 200, 36_768), (97, 3, 3, 8, 2, 49, 91),
  ])
  func convolutionsOfTheP4(
    length: Int, channels: Int, taps: Int, outputs: Int, stride: Int, end: Int, bytes: Int
  ) throws {
    let site = try site(
      length, Int32(channels), taps: taps, outputs: Int32(outputs), stride: stride, to: end)
    #expect(EspScratch.tiledConvolutionP4(site, outputChannels: outputs) == bytes)
  }
}
