/// Has a large value stay where it is: whoever borrows a value that holds an anchor is given its address.
///
/// Any other that cannot be copied the compiler takes for one that can be loaded, and it loads all of it, kilobytes of tables'
/// addresses and counters, to hand it to a function that only looks at it. A raw layout is one that it does not load.
@_rawLayout(size: 1, alignment: 1)
package struct Anchor: ~Copyable {
  /// An anchor; it takes a byte.
  @inline(__always)
  package init() {}
}
