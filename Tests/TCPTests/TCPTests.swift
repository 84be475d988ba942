// The tests of TCP.
