import Foundation
import Testing

@testable import Passes

@Suite struct PortableMathTests {
  @Test func exponentialsAreTheSystems() {
    for step in -6000...6000 {
      let x = Double(step) / 10 + 0.0123
      #expect(abs(PortableMath.exponential(x) / exp(min(x, 600)) - 1) < 1e-13 || x < -600)
    }
    #expect(PortableMath.exponential(0) == 1)
    #expect(PortableMath.exponential(-601) == 0)
    #expect(PortableMath.exponential(-.infinity) == 0)
    #expect(PortableMath.exponential(.infinity) == PortableMath.exponential(600))
  }

  @Test func logarithmsAreTheSystems() {
    for step in -2500...2500 {
      let x = exp(Double(step) / 4 + 0.017)
      #expect(abs(PortableMath.logarithm(x) - log(x)) < 1e-13 * max(1, abs(log(x))))
    }
    #expect(PortableMath.logarithm(1) == 0)
  }

  @Test func gatesAreTheSystems() {
    for step in -400...400 {
      let x = Float(step) / 10 + 0.0123
      #expect(abs(PortableMath.logistic(x) - 1 / (1 + exp(-x))) < 1e-6)
      #expect(abs(PortableMath.tanh(x) - tanh(x)) < 1e-6)
    }
    #expect(PortableMath.logistic(.nan).isNaN && PortableMath.tanh(.nan).isNaN)
    #expect(PortableMath.tanh(.infinity) == 1 && PortableMath.logistic(-.infinity) == 0)
  }
}
