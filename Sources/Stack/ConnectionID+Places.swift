extension ConnectionID {
  /// A name for what is no connection of a host, but stands where one would: at this place.
  package init(place: Int) {
    (index, generation) = (place, 0)
  }
}
