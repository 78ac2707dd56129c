/// Colours and fonts; told apart with any kind of colour vision by lightness and by hue.
enum SVGTheme {
  /// Style sheet for a light page, and for a dark one where the viewer asks for it.
  static func css(tensorOutline: Double) -> String {
    """
    text { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1c2733 }
    .page { fill: #ffffff }
    .title { font-size: 19px; font-weight: 600 }
    .note { font-size: 13px; fill: #4a5866 }
    .axis { font-size: 11px; fill: #5b6875 }
    .label { font-size: 11px; pointer-events: none; fill: #14202b }
    .figure { font-size: 10px; pointer-events: none; fill: #14202b; fill-opacity: 0.75 }
    .plot { fill: #f6f8fa }
    .grid { stroke: #e1e6eb; stroke-width: 1 }
    .frame { stroke: #9aa5b1; stroke-width: 1 }
    rect[class^="t"]:not(.thin) { stroke: #ffffff; stroke-width: \(SVGCanvas.number(tensorOutline)) }
    .t0 { fill: #5b9bc8 } .t1 { fill: #86b6d8 } .t2 { fill: #aecfe6 } .t3 { fill: #cfe2f0 }
    .tp0 { fill: #e69f00 } .tp1 { fill: #eeb743 } .tp2 { fill: #f3cb7a } .tp3 { fill: #f8dfac }
    .live { fill: #9cc3de; fill-opacity: 0.55; stroke: #2f79ae; stroke-width: 1.4 }
    .file { fill: none; stroke: #6b7681; stroke-width: 1.2; stroke-dasharray: 2 2.5 }
    .peak { stroke: #a34700; stroke-width: 1.2; stroke-dasharray: 5 3 }
    .peaktext { font-size: 12px; font-weight: 600; fill: #8f3e00 }
    .limit { stroke: #9b2d86; stroke-width: 1.6; stroke-dasharray: 9 4 }
    .limittext { font-size: 12px; font-weight: 600; fill: #87276f }
    .limittext, .arenatext, .peaktext { paint-order: stroke; stroke: #f6f8fa; stroke-width: 3px }
    .arena { stroke: #1c2733; stroke-width: 1.2 }
    .arenatext { font-size: 12px; font-weight: 600 }
    @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .page { fill: #12181f } .plot { fill: #1a222b } .grid { stroke: #2a343f } .frame { stroke: #55616d }
    .note, .axis { fill: #a9b4bf } .label, .figure { fill: #0d1620 }
    rect[class^="t"]:not(.thin) { stroke: #12181f }
    .file { stroke: #a9b4bf } .arena { stroke: #e6edf3 }
    .limittext, .arenatext, .peaktext { stroke: #1a222b }
    .peak { stroke: #ffb454 } .peaktext { fill: #ffb454 } .limit { stroke: #e58bd0 } .limittext { fill: #e58bd0 }
    }
    """
  }

  /// The class of a tensor's rectangle: darker for larger ones, of another hue for those at the peak.
  static func tensorClass(bytes: Int, arenaBytes: Int, isAtPeak: Bool) -> String {
    let share = arenaBytes > 0 ? Double(bytes) / Double(arenaBytes) : 0
    let level = share >= 0.2 ? 0 : share >= 0.06 ? 1 : share >= 0.015 ? 2 : 3
    return "t\(isAtPeak ? "p" : "")\(level)"
  }
}
