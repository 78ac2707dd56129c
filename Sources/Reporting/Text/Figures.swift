import Tensors

/// Numbers as people read them, the same in every locale.
package enum Figures {
  /// A count with separators: `1,376,256`.
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// Exact bytes, and binary units from 1 KiB on: `1,376,256 B (1.3 MiB)`.
  package static func bytes(_ count: Int) -> String {
    count.magnitude < 1024 ? "\(grouped(count)) B" : "\(grouped(count)) B (\(binaryBytes(count)))"
  }

  /// Bytes in the largest binary unit that leaves at least 1: `176.0 KiB`.
  package static func binaryBytes(_ count: Int) -> String {
    guard count.magnitude >= 1024 else { return "\(grouped(count)) B" }
    return scaled(count, by: 1024, units: ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"])
  }

  /// A count in the largest decimal unit that leaves at least 1: `7.2 M`.
  package static func short(_ count: Int) -> String {
    guard count.magnitude >= 1000 else { return grouped(count) }
    return scaled(count, by: 1000, units: ["k", "M", "G", "T", "P", "E"])
  }

  /// An exact count of something, and a short one from 10,000 on: `7,158,144 MACs (7.2 M)`.
  package static func count(_ number: Int, _ unit: String) -> String {
    "\(grouped(number)) \(unit)\(number.magnitude < 10_000 ? "" : " (\(short(number)))")"
  }

  /// An exact count of things in words: `1 sample`, `7,158 samples`.
  package static func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(number.form(of: noun))"
  }

  /// How far `new` lies from `old`: `−8.3 %`, `−0.0025 %`; empty where `old` is zero.
  package static func change(from old: Int, to new: Int) -> String {
    guard old != 0 else { return "" }
    guard old != new else { return "0.0 %" }
    let share = ((Double(new) - Double(old)) / Double(old)).magnitude
    let tenths = (share * 1000).rounded()
    return (new < old ? "−" : "+")
      + (tenths == 0 ? percent(max(share, 0.00001)) : "\(decimal(tenths / 10, places: 1)) %")
  }

  /// The share that `part` has in `whole`: `50.0 %`; empty where `whole` is zero.
  package static func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "" : "\(decimal(Double(part) / Double(whole) * 100, places: 1)) %"
  }

  /// A share of one in percent, such as `0.42 %` or `12.3 %`, rounded to two significant places or a tenth.
  package static func percent(_ share: Double) -> String {
    let percent = share * 100
    if percent > 0, percent < 0.001 { return "less than 0.001 %" }
    let places = percent.magnitude < 0.1 ? 3 : percent.magnitude < 1 ? 2 : 1
    return "\(decimal(percent, places: places)) %"
  }

  /// Seconds with three significant places at most: `0.005 s`, `12.3 s`.
  package static func seconds(_ seconds: Double) -> String {
    "\(decimal(seconds, places: seconds.magnitude < 10 ? 3 : 1)) s"
  }

  /// A number with a fixed count of decimals, half away from zero; `?` where it has none.
  package static func decimal(_ number: Double, places: Int) -> String {
    let factor = (0..<places).reduce(1) { product, _ in product * 10 }
    guard let scaled = Int(exactly: (number.magnitude * Double(factor)).rounded()) else { return "?" }
    let sign = number < 0 && scaled > 0 ? "−" : ""
    guard places > 0 else { return sign + grouped(scaled) }
    let fraction = String(scaled % factor)
    let zeros = String(repeating: "0", count: places - fraction.count)
    return "\(sign)\(grouped(scaled / factor)).\(zeros)\(fraction)"
  }

  private static func scaled(_ count: Int, by base: UInt, units: [String]) -> String {
    var scale = base
    var unit = 0
    while unit + 1 < units.count, count.magnitude / scale >= base {
      scale *= base
      unit += 1
    }
    let (whole, rest) = count.magnitude.quotientAndRemainder(dividingBy: scale)
    let tenths = Int(whole) * 10 + Int((Double(rest) / Double(scale) * 10).rounded())
    return "\(count < 0 ? "−" : "")\(grouped(tenths / 10)).\(tenths % 10) \(units[unit])"
  }
}
