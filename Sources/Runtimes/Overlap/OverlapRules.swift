package import GraphIR
import Tensors

/// The overlap that the kernels of one library allow.
///
/// A kernel writes its output from front to back. The least distance is the largest excess, over all elements
/// in the order of writing, of the bytes written so far over the first input byte that is still to be read.
/// What a rule does not know is disjoint.
package struct OverlapRules: Sendable {
  package let kernels: KernelLibrary

  package init(_ kernels: KernelLibrary) { self.kernels = kernels }

  /// The rule between a node's only output and one of its inputs.
  ///
  /// Holds for each input alone, and for several at once: every element's inputs are read before it is
  /// written.
  package func rule(input position: Int, of node: Node, in graph: Graph) -> OverlapRule {
    guard node.outputs.count == 1, let site = OverlapSite(node, position, in: graph) else { return .disjoint }
    // A tensor that feeds two operands is read in two orders.
    guard node.inputs.filter({ $0 == node.inputs[position] }).count == 1 else { return .disjoint }
    if exception(site) { return .disjoint }
    guard let family = OverlapFamily.families[node.code.builtin] else { return .disjoint }
    return family.rule(site)
  }

  /// Kernels that work in another order than the portable ones, or whose order is not known.
  ///
  /// ESP-NN's assembly for the ESP32-S3 reads ahead of what it writes, and strip by strip: read, not run.
  private func exception(_ site: OverlapSite) -> Bool {
    guard site.isQuantized, let family = OverlapFamily.families[site.node.code.builtin] else { return false }
    switch (kernels, family) {
    case (.reference, _): return false
    case (.cmsisNN, .convolution): return !keepsPixelOrder(site)
    case (.cmsisNN, .depthwise): return !keepsChannelOrder(site)
    case (.cmsisNN, .pool): return site.input.elementType != .int8
    case (.espNN, .convolution), (.espNN, .depthwise): return true
    default: return false
    }
  }

  /// Whether CMSIS-NN's CONV_2D goes pixel by pixel, as the portable kernel.
  ///
  /// Its 1×1 convolution with DSP or plain C goes over output channels outermost, the one with MVE in blocks
  /// of four pixels; the 1×N convolution with MVE likewise. Other types than int8 have not been measured.
  private func keepsPixelOrder(_ site: OverlapSite) -> Bool {
    guard let filter = site.operand(1) else { return false }
    return site.input.elementType == .int8 && filter.elementType == .int8 && filter.dimension(1) != 1
  }

  /// Whether CMSIS-NN's DEPTHWISE_CONV_2D goes pixel by pixel.
  ///
  /// With MVE it goes over blocks of 124 channels outermost, and turns filters over one input channel into
  /// convolutions, which for one row are those of `keepsPixelOrder`.
  private func keepsChannelOrder(_ site: OverlapSite) -> Bool {
    guard let filter = site.operand(1) else { return false }
    let isRow = site.input.dimension(3) == 1 && filter.dimension(1) == 1
    return site.input.elementType == .int8 && filter.elementType == .int8 && !isRow
      && site.input.dimension(3) <= 124
  }
}
