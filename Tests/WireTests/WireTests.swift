// The tests of Wire.
