/// What routers do to segments that meet congestion.
extension SimulatedLink.Arrival where Item == SentSegment {
  /// The segment as it arrives.
  var marked: SentSegment {
    var segment = item
    if hasMetCongestion { segment.mark = segment.mark.marked ?? segment.mark }
    return segment
  }
}

extension SimulatedLink.Arrival where Item == PeerSegment {
  /// The segment as it arrives.
  var marked: PeerSegment {
    var segment = item
    if hasMetCongestion { segment.mark = segment.mark.marked ?? segment.mark }
    return segment
  }
}
