package import Boards
package import Runtimes

extension CostModel {
  /// - Parameter kernels: nil for the library with which TFLM is commonly built for the board.
  package init(board: Board, kernels: KernelLibrary? = nil) {
    self.init(
      core: board.core, isa: board.isa, mcu: board.mcu, fpu: board.fpu, simd: board.simd,
      clockMHz: board.clockMHz, kernels: kernels)
  }
}
