// The tests of Cache.
