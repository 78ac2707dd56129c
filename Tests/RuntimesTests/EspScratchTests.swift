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

  /// SAME with stride 2 down and 1 across: 4 rows get 2 behind them, 4 columns 1 on each side. Written are the
  /// filter, 6·6 padded pixels and 2·4 of output for 16 channels; asked for is a copy without the rows.
  @Test func paddingOnOneAxisWasTooSmall() throws {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 4, 4, 16])
    let filter = builder.constant("w", [1, 3, 3, 16])
    let site = ConvolutionSite(
      input: builder.graph[input], filter: builder.graph[filter],
      rows: try Window(input: 4, output: 2, taps: 3, stride: 2),
      columns: try Window(input: 4, output: 4, taps: 3, stride: 1))
    let scratch = EspScratch(facts: try KernelChoice(parsing: "esp-nn@1.2.3").release.espFacts)
    let overrun = try #require(scratch.depthwiseOverrun(site, multiplier: 1))
    #expect(overrun.asked == 16 * (9 + 6 * 4) + 16)
    #expect(overrun.written == 16 * (9 + 6 * 6 + 2 * 4) + 16)
  }
}
