// The TCP target.
