// The tests of Time.
