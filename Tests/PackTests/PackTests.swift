// The tests of Pack.
