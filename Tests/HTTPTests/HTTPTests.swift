// The tests of HTTP.
